import { ApiKey, isFinalStatus } from 'backstage-plugin-api-keys-common';

/** Whether a key can be given to a group: one that has ended for good is left where it was. */
export const isTransferable = ({ status }: ApiKey) => !isFinalStatus(status);
