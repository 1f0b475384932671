import { LoggerService } from '@backstage/backend-plugin-api';
import { Audit } from '../../observability/audit/Audit';
import { Stores } from '../../database/stores';
import { KeyOwner } from '../../lifecycle/KeyOwner';
import { AuthPluginSessions } from './AuthPluginSessions';

const OWNERS_AT_A_TIME = 100;

/**
 * Ends the offline sessions of owners whose keys were revoked because they left or were replaced. The transaction that revoked
 * the keys also stored the request, so that none is lost while the auth plugin is down.
 */
export class OfflineSessions {
  readonly #stores: Pick<Stores, 'owners'>;
  readonly #sessions: Pick<AuthPluginSessions, 'endAll'>;
  readonly #audit: Audit;
  readonly #logger: LoggerService;

  constructor(options: {
    stores: Pick<Stores, 'owners'>;
    sessions: Pick<AuthPluginSessions, 'endAll'>;
    audit: Audit;
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#sessions = options.sessions;
    this.#audit = options.audit;
    this.#logger = options.logger;
  }

  /**
   * Continues with the next owner after a failure. The next call finds the remaining owners.
   *
   * @throws the first failure, at the end
   */
  async endRequested(): Promise<void> {
    const failures: unknown[] = [];
    let page: KeyOwner[] = [];
    do {
      page = await this.#stores.owners.list({
        after: page.at(-1)?.ref,
        limit: OWNERS_AT_A_TIME,
        sessionEndRequested: true,
      });
      for (const owner of page) {
        await this.#end(owner).catch(error => {
          this.#logger.error(
            `Could not end the offline sessions of ${owner.ref}, who may go on to get user tokens with them; it is tried again within minutes`,
            error,
          );
          failures.push(error);
        });
      }
    } while (page.length === OWNERS_AT_A_TIME);
    if (failures.length > 0) throw failures[0];
  }

  async #end({ ref: owner, sessionEndRequestedAt }: KeyOwner): Promise<void> {
    const endedSessions = await this.#sessions.endAll(owner);
    await this.#stores.owners.recordSessionEnd(owner, sessionEndRequestedAt!);
    if (endedSessions === 0) return;

    this.#logger.info(`Ended ${endedSessions} offline sessions of ${owner}`);
    this.#audit.record({
      eventId: 'owner-sessions-end',
      severityLevel: 'high',
      meta: { owner, endedSessions },
    });
  }
}
