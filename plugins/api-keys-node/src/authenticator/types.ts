import { RequestQuota } from '../verification/errors';
import { KeyBinding } from '../verification/KeyBinding';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';

/**
 * A call that a plugin makes on behalf of a key's subject.
 *
 * @public
 */
export type DelegatedCall = {
  /** The token that the plugin presented. */
  token: string;
  /** The plugin, as the subject of a service principal. */
  caller: string;
  binding: KeyBinding;
};

/**
 * A key that was presented and accepted, with its restrictions enforced.
 *
 * @public
 */
export type KeyAuthentication = {
  readonly key: VerifiedApiKey;
  /** The token that Backstage creates credentials from: the key's user token, or the calling plugin's token. */
  readonly token: string;
  /** The use, as it is recorded. */
  readonly use: ApiKeyUse;
  /** How the answer is limited to the key's permissions; undefined for a key that is not limited to permissions. */
  readonly answerAccess?: 'ask-first' | 'guarded';
  /** The remaining quota of the key's rate limit, if it has one. */
  readonly quota?: RequestQuota;
} & (
  | { readonly source: 'secret' }
  /** A user token of the key that a plugin has passed on. */
  | { readonly source: 'user-token' }
  | { readonly source: 'call'; readonly call: DelegatedCall }
);
