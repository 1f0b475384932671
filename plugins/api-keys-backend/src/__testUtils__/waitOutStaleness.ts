import { setTimeout as sleep } from 'node:timers/promises';

/** The default of `verification.maxStaleness`, and some more. */
const MORE_THAN_STALENESS_MS = 1200;

/** Waits until every replica has to know of what was changed before. */
export const waitOutStaleness = () => sleep(MORE_THAN_STALENESS_MS);
