import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';

type KeyLimitProps = { policy: ApiKeyPolicy; isMine: boolean };

/** Warns if the owner has reached the number of keys. A limit of zero is explained by `cannotCreateReason` instead. */
export function KeyLimit(props: KeyLimitProps) {
  const { policy, isMine } = props;
  const { t } = useTranslation();
  const { primaryTitle: owner } = useEntityPresentation(policy.owner);
  const { keysInUse, keysPerOwner: count } = policy.limits;
  const source = policy.sources['limits.keysPerOwner'];
  if (count === 0 || keysInUse < count) return null;
  return (
    <Box mb={2}>
      <Alert severity="warning">
        {isMine
          ? t('create.limit', { count })
          : t('create.teamLimit', { count, owner })}{' '}
        {source && `${t('create.limitSource', { source })} `}
        {t('create.limitAdvice')}
      </Alert>
    </Box>
  );
}
