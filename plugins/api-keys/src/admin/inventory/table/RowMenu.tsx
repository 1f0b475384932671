import MenuItem from '@material-ui/core/MenuItem';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { AppLink } from '../../../routing/AppLink';
import { useAdminPaths } from '../../../shared/filters/useAdminPaths';
import { MenuButton } from '../../../shared/dialogs/MenuButton';
import { isRevocable } from '../../../shared/keys/isRevocable';
import { isTransferable } from '../../../shared/keys/isTransferable';
import { useTranslation } from '../../../translations/useTranslation';

/** Actions of an admin on a key. */
export type KeyActions = {
  onSetExpiry: (apiKey: ApiKey) => void;
  onTransfer: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
};

type RowMenuProps = {
  apiKey: ApiKey;
  /** Left out for users who can only read. */
  actions?: KeyActions;
};

/** Menu of the actions on the key of a row. */
export function RowMenu(props: RowMenuProps) {
  const { apiKey, actions } = props;
  const { t } = useTranslation();
  const paths = useAdminPaths();
  const canChange = actions && isRevocable(apiKey);

  return (
    <MenuButton
      id={`api-keys-menu-${apiKey.id}`}
      label={t('inventory.actions', { name: apiKey.name })}
    >
      {close => {
        const act = (action: (apiKey: ApiKey) => void) => () => {
          close();
          action(apiKey);
        };
        // An array, since Material UI's Menu cannot move the focus through a fragment.
        return [
          <MenuItem
            key="trail"
            component={AppLink}
            to={paths.trail({ keyId: apiKey.id })}
            onClick={close}
          >
            {t('inventory.showTrail')}
          </MenuItem>,
          canChange && apiKey.status !== 'expired' && (
            <MenuItem key="expiry" onClick={act(actions.onSetExpiry)}>
              {t('inventory.setExpiry')}
            </MenuItem>
          ),
          actions && isTransferable(apiKey) && (
            <MenuItem key="transfer" onClick={act(actions.onTransfer)}>
              {t('inventory.transfer')}
            </MenuItem>
          ),
          canChange && (
            <MenuItem key="revoke" onClick={act(actions.onRevoke)}>
              {t('inventory.revoke')}
            </MenuItem>
          ),
        ];
      }}
    </MenuButton>
  );
}
