import { PluginTokenHandler } from '../backstage/tokenHandler';
import { TtlCache } from '../kit/TtlCache';
import { expiryOf } from './expiryOf';

/** For each plugin. Evicted tokens are signed again, so the limit only costs time. */
const MAX_TOKENS = 5000;

/** A token is not handed out in its last minute, so that it does not expire on its way to the other plugin. */
const MARGIN_MS = 60_000;

type IssueToken = PluginTokenHandler['issueToken'];

/**
 * Caches the tokens with which one plugin calls others on behalf of a key's subject. Each is for one target and one user token.
 * The caller decides before whether the key may make the call. Failures are not cached.
 */
export class OnBehalfOfTokenCache {
  readonly #tokens: TtlCache<string>;
  readonly #issueToken: IssueToken;

  constructor(options: { issueToken: IssueToken; max?: number }) {
    const { max = MAX_TOKENS } = options;
    this.#tokens = new TtlCache({ max, now: () => Date.now() });
    this.#issueToken = options.issueToken;
  }

  get size(): number {
    return this.#tokens.size;
  }

  async get(
    options: Parameters<IssueToken>[0] & {
      onBehalfOf: { limitedUserToken: string };
    },
  ): Promise<{ token: string }> {
    const { pluginId, targetPluginId, onBehalfOf } = options;
    // Ids of plugins have no spaces, and neither have tokens.
    const key = `${pluginId} ${targetPluginId} ${onBehalfOf.limitedUserToken}`;
    const cached = this.#tokens.get(key);
    if (cached !== undefined) return { token: cached };

    const { token } = await this.#issueToken(options);
    this.#tokens.set(key, token, expiryOf(token) - MARGIN_MS);
    return { token };
  }
}
