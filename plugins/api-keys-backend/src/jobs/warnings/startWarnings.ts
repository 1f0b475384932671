import { SchedulerService } from '@backstage/backend-plugin-api';
import { ApiKeysConfig } from '../../config';
import { DatabaseWarnings } from '../../database/DatabaseWarnings';
import { Stores } from '../../database/stores';
import { KeyWarner } from './KeyWarner';
import { planOf, WarningPlan } from '../../lifecycle/warningPlan';

/** Short enough for the shortest useful threshold. */
const WARN_EVERY = { minutes: 5 };
const RUN_TIMEOUT = { minutes: 10 };
const FIRST_RUN_AFTER = { seconds: 20 };

/** Schedules warnings of owners, on one replica at a time. */
export async function startWarnings(options: {
  config: ApiKeysConfig;
  stores: Pick<Stores, 'warnings'>;
  scheduler: SchedulerService;
}): Promise<{ plan: WarningPlan; warnings: DatabaseWarnings }> {
  const plan = planOf(options.config.warnings);
  const { warnings } = options.stores;
  const warner = new KeyWarner({ plan, warnings });
  await options.scheduler.scheduleTask({
    id: 'api-keys-warn',
    frequency: WARN_EVERY,
    timeout: RUN_TIMEOUT,
    initialDelay: FIRST_RUN_AFTER,
    scope: 'global',
    fn: signal => warner.run(signal),
  });
  return { plan, warnings };
}
