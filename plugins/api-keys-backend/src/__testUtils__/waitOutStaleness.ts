import { setTimeout as sleep } from 'node:timers/promises';

/** Default of `verification.maxStaleness`, plus a margin. */
const MORE_THAN_STALENESS_MS = 1200;

/** Waits until every replica must know of all previous changes. */
export const waitOutStaleness = () => sleep(MORE_THAN_STALENESS_MS);
