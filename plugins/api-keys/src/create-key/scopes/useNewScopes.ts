import { ApiKeyPolicy, canonicalScope } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import {
  isOffered,
  ScopedApi,
  scopeTitle,
} from '../../shared/restrictions/scopes';
import { useApiTitles } from '../../shared/restrictions/useApiTitles';

/** What a new key is chosen to be for in services outside of Backstage. */
export type NewKeyScopes = {
  chosen: string[];
  setChosen: (scopes: string[]) => void;
  /** What of it are APIs of the catalog. */
  apis: ScopedApi[];
  setApis: (apis: readonly ScopedApi[]) => void;
  /** Those that were asked for and are on offer, whether they are still chosen or not. */
  asked: string[];
  /** Those that were asked for and are not. */
  leftOut: string[];
  titleOf: (scope: string) => string;
};

/**
 * What is being chosen of the scopes that a policy has on offer.
 *
 * @param wanted - what to start with: the scopes of a model, or of a link
 */
export function useNewScopes(
  wanted: readonly string[],
  policy: ApiKeyPolicy | undefined,
): NewKeyScopes {
  const [picked, setPicked] = useState<string[]>();
  const start = [...new Set(wanted.map(canonicalScope))];
  const { titles, learn } = useApiTitles(
    policy?.scopes.catalogApis ? [...start, ...(picked ?? [])] : [],
  );
  const titleOf = (scope: string) =>
    scopeTitle(scope, policy?.scopes.configured, titles);

  const isThere = (scope: string) =>
    policy !== undefined &&
    isOffered(scope, policy.scopes) &&
    // Unless the catalog says that there is no such API, the backend has the last word.
    !(titles.has(scope) && titles.get(scope) === undefined);
  const chosen = (picked ?? start).filter(isThere);
  const names = new Set(policy?.scopes.configured.map(({ name }) => name));
  const isOfApi = (scope: string) => !names.has(scope);

  return {
    chosen,
    setChosen: setPicked,
    apis: chosen
      .filter(isOfApi)
      .map(scope => ({ scope, title: titleOf(scope) })),
    setApis: apis => {
      learn(apis);
      setPicked([
        ...chosen.filter(scope => !isOfApi(scope)),
        ...apis.map(({ scope }) => scope),
      ]);
    },
    asked: start.filter(isThere),
    leftOut: policy ? start.filter(scope => !isThere(scope)) : [],
    titleOf,
  };
}
