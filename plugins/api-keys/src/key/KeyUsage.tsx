import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { Loaded } from '../shared/data/useResource';
import { LoadError } from '../shared/states/LoadError';
import { useTranslation } from '../translations/useTranslation';
import { KeySection } from './KeySection';
import { UsageChart } from './usage/UsageChart';

type KeyUsageProps = { usage: Loaded<ApiKeyUsage['items']> };

/** Usage of the key in the last days. */
export function KeyUsage(props: KeyUsageProps) {
  const { value, error, refresh } = props.usage;
  const { t } = useTranslation();
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
}
