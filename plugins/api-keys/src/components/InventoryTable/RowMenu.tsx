import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreVertIcon from '@material-ui/icons/MoreVert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { useAdminPaths } from '../../hooks/useAdminPaths';
import { isRevocable } from '../../lib/isRevocable';
import { apiKeysTranslationRef } from '../../translation';

/** What can be done with a key. */
export type KeyActions = {
  onSetExpiry: (apiKey: ApiKey) => void;
  onRevoke: (apiKey: ApiKey) => void;
};

/** What can be done with the key of a row. */
export const RowMenu = (props: {
  apiKey: ApiKey;
  /** Without them, one can only look. */
  actions?: KeyActions;
}) => {
  const { apiKey, actions } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const paths = useAdminPaths();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  const act = (action: (apiKey: ApiKey) => void) => () => {
    close();
    action(apiKey);
  };
  const menuId = `api-keys-menu-${apiKey.id}`;
  const canChange = actions && isRevocable(apiKey);

  return (
    <>
      <IconButton
        size="small"
        aria-label={t('inventory.actions', { name: apiKey.name })}
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
        onClose={close}
      >
        <MenuItem
          component={Link}
          to={paths.trail({ keyId: apiKey.id })}
          onClick={close}
        >
          {t('inventory.showTrail')}
        </MenuItem>
        {canChange && apiKey.status !== 'expired' && (
          <MenuItem onClick={act(actions.onSetExpiry)}>
            {t('inventory.setExpiry')}
          </MenuItem>
        )}
        {canChange && (
          <MenuItem onClick={act(actions.onRevoke)}>
            {t('inventory.revoke')}
          </MenuItem>
        )}
      </Menu>
    </>
  );
};
