import MenuItem from '@material-ui/core/MenuItem';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { MenuButton } from '../../shared/dialogs/MenuButton';
import { useTranslation } from '../../translations/useTranslation';
import { actionsFor, KeyAction } from './keyActions';

/** What the owner of a key can do with it. */
export const OwnKeyMenu = (props: {
  apiKey: ApiKey;
  /** What there are buttons for beside the menu. */
  without?: readonly KeyAction[];
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
}) => {
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
};
