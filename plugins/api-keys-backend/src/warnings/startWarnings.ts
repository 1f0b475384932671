import {
  DatabaseService,
  LoggerService,
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { ApiKeysConfig } from '../config';
import { DatabaseWarnings } from '../database/DatabaseWarnings';
import { KeyListener } from '../database/KeyListener';
import { Notifier } from '../notifications/Notifier';
import { readPortalUrl } from '../notifications/readPortalUrl';
import { KeyWarner, SentListener } from './KeyWarner';
import { planOf, WarningPlan } from './rules';

/** Short enough for the shortest threshold that is of use. */
const WARN_EVERY = { minutes: 5 };
const RUN_TIMEOUT = { minutes: 10 };
/** The plugins that send notifications start at the same time. */
const FIRST_RUN_AFTER = { seconds: 20 };

/**
 * Has owners warned from now on, by whichever replica it is the turn of.
 *
 * @param options - `onSent` hears how many warnings were sent
 */
export async function startWarnings(options: {
  config: ApiKeysConfig;
  database: DatabaseService;
  listeners: readonly KeyListener[];
  scheduler: SchedulerService;
  notifier: Notifier;
  rootConfig: RootConfigService;
  logger: LoggerService;
  onSent?: SentListener;
}): Promise<{ plan: WarningPlan; warnings: DatabaseWarnings }> {
  const plan = planOf(options.config.warnings);
  const warnings = await DatabaseWarnings.create(options);
  const warner = new KeyWarner({
    ...options,
    plan,
    warnings,
    portalUrl: readPortalUrl(options.rootConfig),
  });
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
