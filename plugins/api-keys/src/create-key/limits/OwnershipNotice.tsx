import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';

type OwnershipNoticeProps = { policy: ApiKeyPolicy };

/** Warns if a key would not work, or would lack ownership that the session has. */
export function OwnershipNotice({ policy }: OwnershipNoticeProps) {
  const { t } = useTranslation();
  const { cannotCreateReason, missingOwnership } = policy;
  if (cannotCreateReason) {
    return (
      <Box mb={2}>
        <Alert severity="error">
          {t('create.impossible')} {cannotCreateReason}
        </Alert>
      </Box>
    );
  }
  const count = missingOwnership.length;
  if (count === 0) return null;
  return (
    <Box mb={2}>
      <Alert severity="warning">
        {t('create.missing', { count, refs: missingOwnership.join(', ') })}
      </Alert>
    </Box>
  );
}
