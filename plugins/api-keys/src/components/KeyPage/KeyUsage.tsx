import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { Loaded } from '../../hooks/useLoaded';
import { useTexts } from '../../hooks/useTexts';
import { LoadError } from '../LoadError';
import { UsageChart } from '../UsageChart';
import { KeySection } from './KeySection';

/** What the key was used for lately. */
export const KeyUsage = (props: { usage: Loaded<ApiKeyUsage['items']> }) => {
  const { value, error, refresh } = props.usage;
  const { t } = useTexts();
  return (
    <KeySection title={t('keyUsage.title')}>
      {error && (
        <LoadError
          title={t(value ? 'keyPage.refreshFailed' : 'keyUsage.loadFailed')}
          severity={value ? 'warning' : 'error'}
          error={error}
          onRetry={refresh}
        />
      )}
      {!value && !error && (
        <div role="status" aria-label={t('keyUsage.loading')}>
          <Skeleton height={96} />
        </div>
      )}
      {value?.length === 0 && (
        <Typography variant="body2">{t('keyUsage.none')}</Typography>
      )}
      {value && value.length > 0 && <UsageChart uses={value} />}
    </KeySection>
  );
};
