import {
  DatabaseService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ApiKeysConfig } from '../config';
import { DatabaseRetention } from '../database/DatabaseRetention';
import { Retention } from './Retention';

const DELETE_EVERY = { hours: 1 };
/** What a first run finds in an installation that lowers its retention; the next one goes on with the rest. */
const RUN_TIMEOUT = { hours: 1 };
/** A backend that has just started has more urgent things to do. */
const FIRST_RUN_AFTER = { minutes: 5 };

/** Has what was kept for long enough deleted from now on, by whichever replica it is the turn of. */
export async function startRetention(options: {
  config: ApiKeysConfig;
  database: DatabaseService;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { config, scheduler, logger } = options;
  const retention = new Retention({
    database: await DatabaseRetention.create(options),
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
