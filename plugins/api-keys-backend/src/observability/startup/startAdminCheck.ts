import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ApiKeysConfig } from '../../config';
import { CATALOG_STARTS_WITHIN } from '../../lib/catalogStart';
import { warnOfUnknownAdmins } from './warnOfUnknownAdmins';

const LOOK_EVERY = { days: 1 };
const RUN_TIMEOUT = { minutes: 1 };

/** Schedules warnings of admins that the catalog does not know. */
export async function startAdminCheck(options: {
  config: ApiKeysConfig;
  catalog: CatalogService;
  auth: AuthService;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { config, scheduler } = options;
  await scheduler.scheduleTask({
    id: 'api-keys-look-for-admins',
    frequency: LOOK_EVERY,
    initialDelay: CATALOG_STARTS_WITHIN,
    timeout: RUN_TIMEOUT,
    // Each process checks the configuration that it was started with.
    scope: 'local',
    fn: () => warnOfUnknownAdmins({ ...options, admins: config.admins }),
  });
}
