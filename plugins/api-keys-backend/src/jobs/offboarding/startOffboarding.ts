import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Audit } from '../../observability/audit/Audit';
import { ApiKeysConfig } from '../../config';
import { Stores } from '../../database/stores';
import { CATALOG_STARTS_WITHIN } from '../../lib/catalogStart';
import { OfflineSessions } from '../offlineSessions/OfflineSessions';
import { CatalogOwners } from './CatalogOwners';
import { IdentityChecks } from './IdentityChecks';
import { Offboarding } from './Offboarding';
import { OwnerPresence } from './OwnerPresence';

/** Longest time that the keys of an owner who has left the catalog may work with a user token that is still valid. */
const LOOK_FOR_OWNERS_EVERY = { minutes: 5 };
const RUN_TIMEOUT = { hours: 1 };

/** Schedules the lookup of owners who have left, the revocation of their keys after some time, and the end of their offline sessions. */
export async function startOffboarding(options: {
  config: ApiKeysConfig;
  stores: Stores;
  owners: CatalogOwners;
  checks: IdentityChecks;
  offlineSessions: OfflineSessions;
  audit: Audit;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { config, offlineSessions, scheduler } = options;
  const presence = new OwnerPresence(options);
  const offboarding = new Offboarding({ ...options, ...config.offboarding });
  await scheduler.scheduleTask({
    id: 'api-keys-look-for-owners',
    frequency: LOOK_FOR_OWNERS_EVERY,
    initialDelay: CATALOG_STARTS_WITHIN,
    timeout: RUN_TIMEOUT,
    scope: 'global',
    fn: () =>
      runAll(
        async () => offboarding.run(await presence.check()),
        () => offlineSessions.endRequested(),
      ),
  });
}

/** Runs the steps one after the other, even if one fails. Throws the first failure at the end. */
async function runAll(...steps: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    await step().catch(error => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
