import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { actionsFor, KeyAction } from '../../lib/keyActions';
import { apiKeysTranslationRef } from '../../translation';

/** What the owner of a key can do with it. */
export const OwnKeyMenu = (props: {
  apiKey: ApiKey;
  /** What there are buttons for beside the menu. */
  without?: readonly KeyAction[];
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
}) => {
  const { apiKey, without = [], onAction } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const menuId = `api-keys-menu-${apiKey.id}`;
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('action.menu', { name: apiKey.name })}
        aria-haspopup="menu"
        aria-controls={anchor ? menuId : undefined}
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreVertIcon fontSize="small" />
      </IconButton>
      <Menu
        id={menuId}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
      >
        {actionsFor(apiKey)
          .filter(action => !without.includes(action))
          .map(action => (
            <MenuItem
              key={action}
              onClick={() => {
                setAnchor(null);
                onAction(action, apiKey);
              }}
            >
              {t(`action.${action}`)}
            </MenuItem>
          ))}
      </Menu>
    </>
  );
};
