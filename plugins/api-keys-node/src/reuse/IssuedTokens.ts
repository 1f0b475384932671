import { PluginTokenHandler } from '../backstage/tokenHandler';
import { expiryOf } from './expiryOf';
import { KeptUntil } from './KeptUntil';

/** A token is not handed out in its last minute, so that it does not expire on its way to the other plugin. */
const MARGIN_MS = 60_000;

type IssueToken = PluginTokenHandler['issueToken'];

/**
 * Keeps the tokens with which one plugin calls others on behalf of a key's subject: each is good for one target and one user
 * token, and whoever asks has been judged before. Failures are not kept.
 */
export class IssuedTokens {
  readonly #tokens: KeptUntil<string>;
  readonly #issueToken: IssueToken;

  constructor(options: { issueToken: IssueToken; max?: number }) {
    this.#tokens = new KeptUntil({ max: options.max });
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
    const known = this.#tokens.get(key);
    if (known !== undefined) return { token: known };

    const { token } = await this.#issueToken(options);
    this.#tokens.set(key, token, expiryOf(token) - MARGIN_MS);
    return { token };
  }
}
