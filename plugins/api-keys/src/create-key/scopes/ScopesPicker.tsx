import { ApiKeyAvailableScopes } from 'backstage-plugin-api-keys-common';
import { ApiScopesField } from './ApiScopesField';
import { ScopeBoxes } from './ScopeBoxes';
import { ScopeSelection } from './useScopeSelection';

type ScopesPickerProps = {
  offered: ApiKeyAvailableScopes;
  scopes: ScopeSelection;
  disabled: boolean;
};

/** Picks scopes of services outside of Backstage. */
export function ScopesPicker(props: ScopesPickerProps) {
  const { offered, scopes, disabled } = props;
  return (
    <>
      {offered.configured.length > 0 && (
        <ScopeBoxes
          offered={offered.configured}
          value={scopes.chosen}
          onChange={scopes.setChosen}
          disabled={disabled}
        />
      )}
      {offered.catalogApis && (
        <ApiScopesField
          value={scopes.apis}
          onChange={scopes.setApis}
          disabled={disabled}
        />
      )}
    </>
  );
}
