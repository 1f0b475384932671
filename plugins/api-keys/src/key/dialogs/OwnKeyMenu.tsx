import MenuItem from '@material-ui/core/MenuItem';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { MenuButton } from '../../shared/dialogs/MenuButton';
import { useTranslation } from '../../translations/useTranslation';
import { actionsFor, KeyAction } from './keyActions';

type OwnKeyMenuProps = {
  apiKey: ApiKey;
  /** Actions with a button next to the menu. */
  without?: readonly KeyAction[];
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
};

/** Menu of an owner's actions on a key. */
export function OwnKeyMenu(props: OwnKeyMenuProps) {
  const { apiKey, without = [], onAction } = props;
  const { t } = useTranslation();
  return (
    <MenuButton
      id={`api-keys-menu-${apiKey.id}`}
      label={t('action.menu', { name: apiKey.name })}
    >
      {close =>
        actionsFor(apiKey)
          .filter(action => !without.includes(action))
          .map(action => (
            <MenuItem
              key={action}
              onClick={() => {
                close();
                onAction(action, apiKey);
              }}
            >
              {t(`action.${action}`)}
            </MenuItem>
          ))
      }
    </MenuButton>
  );
}
