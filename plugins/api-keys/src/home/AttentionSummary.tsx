import Box from '@material-ui/core/Box';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { KeyEnd } from '../shared/attention/attention';
import { useKeysNeedingAttention } from '../shared/attention/useKeysNeedingAttention';
import { KeySummaryCard, KeySummaryList } from '../shared/keys/KeySummaryCard';
import { KeysError } from '../shared/states/KeysError';
import { RelativeTime } from '../shared/time/RelativeTime';
import { useTranslation } from '../translations/useTranslation';

/** Number of keys that a card lists. */
const SHOWN = 5;

type EndsProps = { title: string; ends: KeyEnd[] };

function Ends({ title, ends }: EndsProps) {
  const { t } = useTranslation();
  if (ends.length === 0) return null;
  return (
    <Box mb={2}>
      <Typography variant="subtitle2" component="p">
        {title}
      </Typography>
      <KeySummaryList label={title}>
        {ends.slice(0, SHOWN).map(({ apiKey, at }) => (
          <KeySummaryCard key={apiKey.id} apiKey={apiKey}>
            <RelativeTime time={at} />
          </KeySummaryCard>
        ))}
      </KeySummaryList>
      {ends.length > SHOWN && (
        <Typography variant="body2" color="textSecondary">
          {t('places.more', { count: ends.length - SHOWN })}
        </Typography>
      )}
    </Box>
  );
}

/** The user's keys that expire or go inactive within a week, with a link to all keys. */
export function AttentionSummary() {
  const { t } = useTranslation();
  const { ends, error, retry } = useKeysNeedingAttention();
  const paths = useKeyPaths();
  const of = (cause: KeyEnd['cause']) =>
    ends?.filter(end => end.cause === cause) ?? [];
  const expiring = of('expiry');
  const idle = of('inactivity');

  return (
    <>
      {error && <KeysError error={error} onRetry={retry} />}
      {!ends && !error && (
        <div role="status" aria-label={t('places.loading')}>
          <Skeleton height={32} />
          <Skeleton height={32} />
        </div>
      )}
      <Ends
        title={t('places.expiring', { count: expiring.length })}
        ends={expiring}
      />
      <Ends title={t('places.idle', { count: idle.length })} ends={idle} />
      {ends?.length === 0 && (
        <Typography paragraph>{t('places.nothing')}</Typography>
      )}
      <Link component={AppLink} to={paths.list}>
        {t('places.manage')}
      </Link>
    </>
  );
}
