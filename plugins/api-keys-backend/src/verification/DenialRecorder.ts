import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyUse } from 'backstage-plugin-api-keys-node/internal';
import {
  ApiKeyRefusalReason,
  isAcceptedStatus,
} from 'backstage-plugin-api-keys-common';
import { Audit } from '../observability/audit/Audit';
import { Stores } from '../database/stores';
import { VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { SecurityEventDraft } from '../lifecycle/KeyEvent';
import { ownerDenialOf } from '../lifecycle/ownerDenial';
import { statusOf } from '../lifecycle/status';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { recordedUserAgent } from './recordedUserAgent';

type RefusedKey = Pick<VerificationRecord, 'id' | 'owner'>;

/** Refusals that a replica remembers to have recorded; beyond that, the database ignores duplicates. */
const DEDUP_CACHE_MAX = 10_000;

/**
 * Records valid secrets of ended keys, and secrets that are used where they are not allowed: signs of a forgotten job or a
 * thief. Each key and reason is recorded once a day, across all replicas. Requests do not wait for it.
 */
export class DenialRecorder {
  readonly #stores: Pick<Stores, 'events'>;
  readonly #logger: LoggerService;
  readonly #recordIp: boolean;
  readonly #audit: Audit;
  readonly #metrics: KeyMetrics;
  #told = new Set<string>();

  constructor(options: {
    stores: Pick<Stores, 'events'>;
    logger: LoggerService;
    recordIp: boolean;
    audit: Audit;
    metrics: KeyMetrics;
  }) {
    this.#stores = options.stores;
    this.#logger = options.logger;
    this.#recordIp = options.recordIp;
    this.#audit = options.audit;
    this.#metrics = options.metrics;
  }

  record(
    key: RefusedKey,
    reason: ApiKeyRefusalReason,
    attempt: ApiKeyUse,
    now: number,
  ): void {
    this.#metrics.refused(reason);
    const day = new Date(now).toISOString().slice(0, 10);
    const once = `${key.id} ${reason} ${day}`;
    if (this.#told.has(once)) return;
    if (this.#told.size >= DEDUP_CACHE_MAX) this.#told.clear();
    this.#told.add(once);

    const { id: keyId, owner } = key;
    const about = { keyId, owner, at: now, once };
    const attempted = this.#describe(attempt);
    this.#record(
      reason === 'rotated'
        ? {
            ...about,
            type: 'rotated-key-presented',
            details: { reason, ...attempted },
          }
        : { ...about, type: 'refused', details: { reason, ...attempted } },
    );
  }

  #describe({ plugin, ip, userAgent: sent }: ApiKeyUse) {
    const userAgent = recordedUserAgent(sent);
    return {
      plugin,
      ...(this.#recordIp && ip !== undefined && { ip }),
      ...(userAgent !== undefined && { userAgent }),
    };
  }

  #record(event: SecurityEventDraft) {
    const { keyId, owner, type, details } = event;
    this.#stores.events
      .addSecurityEvent(event)
      .then(isNew => {
        if (!isNew) return;
        this.#audit.record({
          eventId: 'key-refuse',
          severityLevel: 'high',
          meta: { keyId, owner, type, ...details },
        });
      })
      .catch(error => {
        this.#told.delete(event.once);
        this.#logger.warn('Could not write down the refusal of a key', error);
      });
  }
}

/** Returns why a key is not accepted. A key that has not ended is only refused because of its owner. */
export function refusalReasonOf(
  key: VerificationRecord,
  now: number,
): ApiKeyRefusalReason {
  // Comes first: the user who has the owner's entity ref now must not learn anything else about the key.
  if (key.ownerReplacedAt !== undefined) return 'owner-replaced';
  if (key.revokedReason) return key.revokedReason;
  const status = statusOf(key, now);
  return isAcceptedStatus(status)
    ? ownerDenialOf(key) ?? 'owner-missing'
    : status;
}
