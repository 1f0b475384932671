import { SchedulerService } from '@backstage/backend-plugin-api';
import { Audit } from '../observability/audit/Audit';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { OwnerPolicies } from './OwnerPolicies';

/** During a rolling restart, a replica with the old configuration may have created keys since. */
const ENFORCE_EVERY = { hours: 1 };

/** Applies the policies to all keys before any is used, and again at regular intervals. */
export async function startPolicies(options: {
  config: ApiKeysConfig;
  stores: Stores;
  audit: Audit;
  scheduler: SchedulerService;
}): Promise<OwnerPolicies> {
  const { config, scheduler } = options;
  const policies = new OwnerPolicies({ ...options, configured: config });
  await policies.enforceForAll();
  await scheduler.scheduleTask({
    id: 'api-keys-enforce-policies',
    frequency: ENFORCE_EVERY,
    timeout: ENFORCE_EVERY,
    scope: 'global',
    fn: () => policies.enforceForAll(),
  });
  return policies;
}
