import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyDenialReason } from 'backstage-plugin-api-keys-common';
import {
  ApiKeyVerificationUnavailableError,
  VerificationOutcome,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import {
  ApiKeyUse,
  ApiKeyVerifier,
  isWellFormedSecret,
  KeyBinding,
  canonicalEntityRef,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { Audit } from '../observability/audit/Audit';
import { auditDetails } from '../observability/audit/auditDetails';
import { Stores } from '../database/stores';
import { DatabaseTokenBindings } from '../database/DatabaseTokenBindings';
import { withLockedKey } from '../database/withLockedKey';
import { VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { endsAt, inactiveAt, isAccepted, statusOf } from '../lifecycle/status';
import { planFirstUse } from '../lifecycle/transitions';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { OutcomeName } from '../observability/metrics/labels';
import { SecretDigests } from './SecretDigests';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { union } from '../lifecycle/forbiddenPlugins';
import { groupsAmong } from '../lifecycle/groups';
import { CachedKeys } from './CachedKeys';
import { MALFORMED, nameOfRefusal, outcomeOf, UNKNOWN } from './outcomes';
import { KeyProofs } from './KeyProofs';
import { refusalReasonOf, DenialRecorder } from './DenialRecorder';
import { UsageRecorder } from './UsageRecorder';

/** Clients have given up requests that wait for longer. */
const LOOKUP_TIMEOUT_MS = 4000;

/** Verifies keys against the store, or against cached records that have not changed since. */
export class DefaultApiKeyVerifier implements ApiKeyVerifier {
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #tokenBindings: DatabaseTokenBindings;
  readonly #proofs: KeyProofs;
  readonly #cache: CachedKeys;
  readonly #digests: SecretDigests;
  readonly #policies: OwnerPolicies;
  readonly #identities: OwnerIdentities;
  readonly #recorder: UsageRecorder;
  readonly #refusals: DenialRecorder;
  readonly #audit: Audit;
  readonly #metrics: KeyMetrics;
  readonly #logger: LoggerService;
  readonly #inactivityGrace: number;
  readonly #lookupTimeoutMs: number;
  readonly #outcomes = new WeakMap<VerificationRecord, VerificationOutcome>();

  /**
   * @param options - `inactivityGrace` is the longest time that a use may stay unwritten, in milliseconds; a lookup fails after
   *   `lookupTimeoutMs`
   */
  constructor(options: {
    stores: Pick<Stores, 'keys'>;
    tokenBindings: DatabaseTokenBindings;
    proofs: KeyProofs;
    cache: CachedKeys;
    digests: SecretDigests;
    policies: OwnerPolicies;
    identities: OwnerIdentities;
    recorder: UsageRecorder;
    refusals: DenialRecorder;
    audit: Audit;
    metrics: KeyMetrics;
    logger: LoggerService;
    inactivityGrace: number;
    lookupTimeoutMs?: number;
  }) {
    this.#stores = options.stores;
    this.#tokenBindings = options.tokenBindings;
    this.#proofs = options.proofs;
    this.#cache = options.cache;
    this.#digests = options.digests;
    this.#policies = options.policies;
    this.#identities = options.identities;
    this.#recorder = options.recorder;
    this.#refusals = options.refusals;
    this.#audit = options.audit;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
    this.#inactivityGrace = options.inactivityGrace;
    this.#lookupTimeoutMs = options.lookupTimeoutMs ?? LOOKUP_TIMEOUT_MS;
  }

  async verify(
    secret: string,
    attempt?: ApiKeyUse,
  ): Promise<VerificationOutcome> {
    const since = performance.now();
    const measured = (outcome: OutcomeName) =>
      this.#metrics.verified(outcome, (performance.now() - since) / 1000);
    // Only well-formed secrets are cached, so a cached key skips the check of the format.
    const kept = this.#cache.peek(this.#digests.sign(secret));
    const known = this.#accepted(kept);
    if (known) {
      this.#metrics.cached(true);
      measured('accepted');
      return known;
    }
    if (!isWellFormedSecret(secret)) {
      measured('malformed');
      return MALFORMED;
    }
    this.#metrics.cached(false);
    const digests = this.#digests.candidates(secret);
    let key: VerificationRecord | undefined;
    const find = async () => {
      key = await this.#cache.findByDigest(digests);
      if (key && statusOf(key, Date.now()) === 'inactive') {
        key = await this.#cache.findById(key.id);
      }
      return key;
    };
    try {
      const outcome = await this.#judge(find, attempt);
      measured(outcome.accepted ? 'accepted' : nameOfRefusal(key, Date.now()));
      return outcome;
    } catch (error) {
      measured('unavailable');
      throw error;
    }
  }

  async verifyById(id: string): Promise<VerificationOutcome> {
    return (
      this.#accepted(this.#cache.peekById(id)) ??
      this.#judge(() => this.#cache.findById(id))
    );
  }

  async issueProof(secret: string): Promise<string | undefined> {
    return this.#inTime(this.#proofs.issue(secret, Date.now()));
  }

  async redeemProof(proof: string): Promise<VerificationOutcome | undefined> {
    const id = await this.#inTime(this.#proofs.check(proof, Date.now()));
    return id === undefined ? undefined : this.verifyById(id);
  }

  async verifyOwned(
    { id, owner, subject }: VerifiedApiKey,
    ownershipEntityRefs: readonly string[],
  ): Promise<VerificationOutcome> {
    return this.#judge(async () => {
      // Ends the owner's keys if the entity ref now belongs to another person.
      await this.#identities.lookUp(owner);
      // A key that acts as another subject carries that subject's groups, not the owner's.
      if (owner === subject) {
        const memberOf = groupsAmong(
          ownershipEntityRefs.map(canonicalEntityRef),
        );
        await this.#policies.updateMembership(owner, memberOf);
      }
      return this.#stores.keys.findById(id);
    });
  }

  async use(key: VerifiedApiKey, use: ApiKeyUse): Promise<VerificationOutcome> {
    const outcome: VerificationOutcome = key.endsPredecessor
      ? await this.#judge(() => this.#endPredecessor(key))
      : { accepted: true, key };
    if (outcome.accepted) this.#recorder.record(key.id, use, Date.now());
    return outcome;
  }

  async bindToken(
    tokenId: string,
    binding: KeyBinding,
    expiresAt: number,
  ): Promise<void> {
    await this.#inTime(this.#tokenBindings.save(tokenId, binding, expiresAt));
  }

  async findTokenBinding(tokenId: string): Promise<KeyBinding | undefined> {
    return this.#inTime(this.#tokenBindings.find(tokenId));
  }

  /**
   * Returns for how many milliseconds another process may cache an answer, so that both caches together stay within
   * `maxStaleness`. 0 for an outcome that must be requested each time.
   */
  keepFor(outcome: VerificationOutcome): number {
    if (!outcome.accepted || outcome.key.endsPredecessor) return 0;
    const kept = this.#cache.peekById(outcome.key.id);
    if (!kept) return 0;
    const life = Math.min(endsAt(kept), inactiveAt(kept) ?? Infinity);
    return Math.max(0, Math.min(this.#cache.usableFor, life - Date.now()));
  }

  refused(
    key: VerifiedApiKey,
    attempt: ApiKeyUse,
    reason: ApiKeyDenialReason,
  ): void {
    this.#refusals.record(key, reason, attempt, Date.now());
  }

  /** Returns the key as it was read under the owner's lock. */
  async #endPredecessor(
    used: VerifiedApiKey,
  ): Promise<VerificationRecord | undefined> {
    const ended = await withLockedKey(this.#stores, used, async (keys, key) => {
      const now = Date.now();
      const family = await keys.family(key.familyId);
      const transitions = planFirstUse(family, key.id, now) ?? [];
      return { key, changes: await keys.apply(transitions, now) };
    });
    if (ended && ended.changes > 0) {
      const { key } = ended;
      this.#audit.record({
        eventId: 'key-first-use',
        severityLevel: 'low',
        meta: { ...auditDetails(key), predecessorId: key.predecessorId! },
      });
    }
    return ended?.key;
  }

  async #judge(
    find: () => Promise<VerificationRecord | undefined>,
    attempt?: ApiKeyUse,
  ): Promise<VerificationOutcome> {
    const key = await this.#inTime(find());
    if (!key) return UNKNOWN;
    const now = Date.now();
    const outcome = this.#outcomeOf(key, now);
    // Another replica may have revoked the key after uses that this one has not written yet.
    if (!outcome.accepted) this.#recorder.expedite(key.id);
    if (!outcome.accepted && attempt) {
      const reason = refusalReasonOf(key, now);
      this.#refusals.record(key, reason, attempt, now);
    }
    return outcome;
  }

  /** @throws {@link ApiKeyVerificationUnavailableError} if the database fails or takes too long, which is logged */
  async #inTime<T>(result: Promise<T>): Promise<T> {
    return withTimeout(result, this.#lookupTimeoutMs).catch(error => {
      this.#logger.error('Could not look up an API key', error);
      throw new ApiKeyVerificationUnavailableError();
    });
  }

  /** Returns the outcome for a cached key while it is accepted. Refusals need the database, which may know of newer uses. */
  #accepted(
    key: VerificationRecord | undefined,
  ): VerificationOutcome | undefined {
    if (!key || !isAccepted(key, Date.now())) return undefined;
    let outcome = this.#outcomes.get(key);
    if (!outcome) {
      outcome = this.#outcomeOf(key, Date.now());
      this.#outcomes.set(key, outcome);
    }
    return outcome.accepted ? outcome : undefined;
  }

  #outcomeOf(key: VerificationRecord, now: number): VerificationOutcome {
    const outcome = outcomeOf(key, now, this.#inactivityGrace);
    if (!outcome.accepted) return outcome;
    // Plugins that the configuration forbids are forbidden at once, whatever is stored with the key.
    const { forbidden } = this.#policies.configured.restrictions;
    const forbiddenPlugins = union(forbidden, key.forbiddenPlugins ?? []);
    return { accepted: true, key: { ...outcome.key, forbiddenPlugins } };
  }
}
