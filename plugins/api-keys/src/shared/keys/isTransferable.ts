import { ApiKey, isFinalStatus } from 'backstage-plugin-api-keys-common';

/** Returns true for a key that can be transferred, which excludes keys that have ended permanently. */
export const isTransferable = ({ status }: ApiKey) => !isFinalStatus(status);
