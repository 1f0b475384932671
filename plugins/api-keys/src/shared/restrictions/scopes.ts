import {
  API_KEY_SCOPES_MAX,
  ApiKeyChoosableScopes,
  ApiKeyScope,
  canonicalScope,
  isApiScope,
  isScopeName,
  matchesText,
} from 'backstage-plugin-api-keys-common';
import type { RightsChoice } from './rightsChoice';

/** An API of the catalog, as what a key can be for. */
export type ScopedApi = { scope: string; title: string };

export type ScopesError = 'none' | 'tooMany';

/** A text as a scope; undefined if it cannot be one. */
export function toScope(text: string): string | undefined {
  const scope = text.trim();
  return isScopeName(scope) ? canonicalScope(scope) : undefined;
}

/** Whether keys can carry any scope at all. */
export function offersScopes(scopes: ApiKeyChoosableScopes): boolean {
  return scopes.configured.length > 0 || scopes.catalogApis;
}

/** Whether keys can carry a scope; of that of an API only the catalog knows whether there is one. */
export function isOffered(
  scope: string,
  { configured, catalogApis }: ApiKeyChoosableScopes,
): boolean {
  return (
    configured.some(({ name }) => name === scope) ||
    (catalogApis && isApiScope(scope))
  );
}

/**
 * What a scope is called.
 *
 * @param apis - what the APIs of scopes are called, where that is known
 */
export function scopeTitle(
  scope: string,
  configured: readonly ApiKeyScope[] = [],
  apis?: ReadonlyMap<string, string | undefined>,
): string {
  const offered = configured.find(({ name }) => name === scope);
  return offered?.title ?? apis?.get(scope) ?? scope;
}

/** What is wrong with the scopes that were chosen for a key. */
export function scopesError(
  scopes: readonly string[],
  { preset }: RightsChoice,
): ScopesError | undefined {
  if (scopes.length > API_KEY_SCOPES_MAX) return 'tooMany';
  return preset === 'outside' && scopes.length === 0 ? 'none' : undefined;
}

/** Scopes with or without one of them. */
export function withScope(
  scopes: readonly string[],
  scope: string,
  isPicked: boolean,
): string[] {
  const others = scopes.filter(each => each !== scope);
  return isPicked ? [...others, scope] : others;
}

/** The scopes that a search text is about, by whatever is said of them. */
export function searchScopes(
  scopes: readonly ApiKeyScope[],
  text: string,
): ApiKeyScope[] {
  return scopes.filter(({ name, title, description }) =>
    [name, title ?? '', description ?? ''].some(each =>
      matchesText(each, text),
    ),
  );
}
