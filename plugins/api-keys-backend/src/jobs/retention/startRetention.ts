import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { ApiKeysConfig } from '../../config';
import { Stores } from '../../database/stores';
import { Retention } from './Retention';

const DELETE_EVERY = { hours: 1 };
/** Limit for the first run after the retention was lowered; the next run continues. */
const RUN_TIMEOUT = { hours: 1 };
/** Leaves a starting backend to more urgent work. */
const FIRST_RUN_AFTER = { minutes: 5 };

/** Schedules the deletion of data after its retention, on one replica at a time. */
export async function startRetention(options: {
  config: ApiKeysConfig;
  stores: Pick<Stores, 'retention'>;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { config, stores, scheduler, logger } = options;
  const retention = new Retention({
    database: stores.retention,
    logger,
    keysKept: config.keys.retention,
    eventsKept: config.events.retention,
  });
  await scheduler.scheduleTask({
    id: 'api-keys-retention',
    frequency: DELETE_EVERY,
    timeout: RUN_TIMEOUT,
    initialDelay: FIRST_RUN_AFTER,
    scope: 'global',
    fn: signal => retention.run(signal),
  });
}
