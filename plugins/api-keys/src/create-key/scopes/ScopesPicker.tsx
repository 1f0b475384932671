import { ApiKeyChoosableScopes } from 'backstage-plugin-api-keys-common';
import { ApiScopesField } from './ApiScopesField';
import { ScopeBoxes } from './ScopeBoxes';
import { ScopeSelection } from './useScopeSelection';

type ScopesPickerProps = {
  offered: ApiKeyChoosableScopes;
  scopes: ScopeSelection;
  disabled: boolean;
};

/** Lets the user say for what in services outside of Backstage a key is, among what is on offer. */
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
