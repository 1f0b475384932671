import {
  API_KEY_SCOPES_MAX,
  ApiKeyAvailableScopes,
  ApiKeyScope,
  canonicalScope,
  isApiScope,
  isScopeName,
  matchesText,
} from 'backstage-plugin-api-keys-common';

/** An API of the catalog as a scope. */
export type ScopedApi = { scope: string; title: string };

export type ScopesError = 'none' | 'tooMany';

/** Parses a scope; undefined if the text is not a valid one. */
export function toScope(text: string): string | undefined {
  const scope = text.trim();
  return isScopeName(scope) ? canonicalScope(scope) : undefined;
}

/** Returns true if the portal offers any scope. */
export function offersScopes(scopes: ApiKeyAvailableScopes): boolean {
  return scopes.configured.length > 0 || scopes.catalogApis;
}

/** Returns true if a scope is offered. Only the catalog knows if the API of a scope exists. */
export function isOffered(
  scope: string,
  { configured, catalogApis }: ApiKeyAvailableScopes,
): boolean {
  return (
    configured.some(({ name }) => name === scope) ||
    (catalogApis && isApiScope(scope))
  );
}

/**
 * Returns the title of a scope, or the scope itself.
 *
 * @param apis - titles of APIs by scope, as far as known
 */
export function scopeTitle(
  scope: string,
  configured: readonly ApiKeyScope[] = [],
  apis?: ReadonlyMap<string, string | undefined>,
): string {
  const offered = configured.find(({ name }) => name === scope);
  return offered?.title ?? apis?.get(scope) ?? scope;
}

/** Validates the chosen scopes. */
export function scopesError(
  scopes: readonly string[],
  { preset }: { preset: string },
): ScopesError | undefined {
  if (scopes.length > API_KEY_SCOPES_MAX) return 'tooMany';
  return preset === 'outside' && scopes.length === 0 ? 'none' : undefined;
}

/** Adds or removes a scope. */
export function withScope(
  scopes: readonly string[],
  scope: string,
  isPicked: boolean,
): string[] {
  const others = scopes.filter(each => each !== scope);
  return isPicked ? [...others, scope] : others;
}

/** Finds scopes by name, title or description. */
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
