import Typography from '@material-ui/core/Typography';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';

type RightsLimitsProps = { policy: ApiKeyPolicy };

/** Explains the policy's limits on the rights of new keys. */
export function RightsLimits(props: RightsLimitsProps) {
  const { restrictions, sources } = props.policy;
  const { required, maxPlugins, forbidden } = restrictions;
  const { t } = useTranslation();
  const source = sources['restrictions.required'];
  const limits = [
    required && !source && t('rights.required'),
    required && source && t('rights.requiredSetFor', { source }),
    maxPlugins !== null && t('rights.maxPlugins', { count: maxPlugins }),
    forbidden.length > 0 &&
      t('rights.forbidden', { plugins: forbidden.join(', ') }),
  ].filter(Boolean);
  if (limits.length === 0) return null;
  return (
    <Typography variant="body2" color="textSecondary">
      {limits.join(' ')}
    </Typography>
  );
}
