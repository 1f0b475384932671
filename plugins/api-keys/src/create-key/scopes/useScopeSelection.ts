import { ApiKeyPolicy, canonicalScope } from 'backstage-plugin-api-keys-common';
import {
  isOffered,
  ScopedApi,
  scopeTitle,
} from '../../shared/restrictions/scopes';
import { useApiTitles } from '../../shared/restrictions/useApiTitles';

/** The scopes of a new key. */
export type ScopeSelection = {
  chosen: string[];
  setChosen: (scopes: string[]) => void;
  /** APIs of the catalog among `chosen`. */
  apis: ScopedApi[];
  setApis: (apis: readonly ScopedApi[]) => void;
  /** Requested scopes that are offered, even if they are no longer chosen. */
  requested: string[];
  /** Requested scopes that are not offered. */
  notOffered: string[];
  titleOf: (scope: string) => string;
};

type ScopeSelectionInput = {
  /** Scopes to start with: those of a cloned key or of a link. */
  requested: readonly string[];
  /** Undefined until the user has changed something. */
  picked: string[] | undefined;
  onChange: (picked: string[]) => void;
  policy: ApiKeyPolicy | undefined;
};

/** Limits the selected scopes to those that the policy offers, and resolves their titles. */
export function useScopeSelection(input: ScopeSelectionInput): ScopeSelection {
  const { picked, onChange, policy } = input;
  const start = [...new Set(input.requested.map(canonicalScope))];
  const { titles, learn } = useApiTitles(
    policy?.scopes.catalogApis ? [...start, ...(picked ?? [])] : [],
  );
  const titleOf = (scope: string) =>
    scopeTitle(scope, policy?.scopes.configured, titles);

  const exists = (scope: string) =>
    policy !== undefined &&
    isOffered(scope, policy.scopes) &&
    // An API is left out only if the catalog knows that it does not exist; otherwise the backend decides.
    !(titles.has(scope) && titles.get(scope) === undefined);
  const chosen = (picked ?? start).filter(exists);
  const names = new Set(policy?.scopes.configured.map(({ name }) => name));
  const isOfApi = (scope: string) => !names.has(scope);

  return {
    chosen,
    setChosen: onChange,
    apis: chosen
      .filter(isOfApi)
      .map(scope => ({ scope, title: titleOf(scope) })),
    setApis: apis => {
      learn(apis);
      onChange([
        ...chosen.filter(scope => !isOfApi(scope)),
        ...apis.map(({ scope }) => scope),
      ]);
    },
    requested: start.filter(exists),
    notOffered: policy ? start.filter(scope => !exists(scope)) : [],
    titleOf,
  };
}
