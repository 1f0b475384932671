import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';

/** Opens the way to a new key; who may not make one reads why instead. */
export const CreateKeyButton = ({ onClick }: { onClick: () => void }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const { loading, allowed, error } = usePermission({
    permission: apiKeyCreatePermission,
  });
  if (!allowed && !loading) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t(error ? 'page.createUnknown' : 'page.createDenied')}
      </Typography>
    );
  }
  return (
    <Button
      variant="contained"
      color="primary"
      disabled={!allowed}
      onClick={onClick}
    >
      {t('page.create')}
    </Button>
  );
};
