import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { KeySummaryCard, KeySummaryList } from '../shared/keys/KeySummaryCard';
import { StatusChip } from '../shared/keys/StatusChip';
import { KeysError } from '../shared/states/KeysError';
import { RelativeTime } from '../shared/time/RelativeTime';
import { useTranslation } from '../translations/useTranslation';
import { isGroup } from './isGroup';
import { useOwnerKeys } from './useOwnerKeys';

function KeyEnd({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const { status, expiresAt, overlapEndsAt } = apiKey;
  if (status === 'retiring' && overlapEndsAt) {
    const when = <RelativeTime time={overlapEndsAt} />;
    return <span>{t('key.retiresBy', { when })}</span>;
  }
  if (!expiresAt) return <span>{t('key.noExpiry')}</span>;
  const when = <RelativeTime time={expiresAt} />;
  return <span>{t('places.expires', { when })}</span>;
}

type EntityKeysProps = {
  entity: Entity;
  /** Maximum number of keys to list. */
  limit: number;
};

/** The working keys of the user or one of their groups. */
export function EntityKeys(props: EntityKeysProps) {
  const { entity, limit } = props;
  const { t } = useTranslation();
  const { page, error, retry } = useOwnerKeys(
    stringifyEntityRef(entity),
    limit,
  );

  if (error) return <KeysError error={error} onRetry={retry} />;
  if (!page) {
    return (
      <div role="status" aria-label={t('places.loading')}>
        <Skeleton height={32} />
        <Skeleton height={32} />
      </div>
    );
  }
  if (page.items.length === 0) {
    return (
      <Typography>
        {isGroup(entity) ? t('places.noneOfGroup') : t('places.noneOfYours')}
      </Typography>
    );
  }
  const hidden = page.totalItems - page.items.length;
  return (
    <>
      <KeySummaryList label={t('places.title')}>
        {page.items.map(apiKey => (
          <KeySummaryCard key={apiKey.id} apiKey={apiKey}>
            <KeyEnd apiKey={apiKey} />
            <StatusChip status={apiKey.status} />
          </KeySummaryCard>
        ))}
      </KeySummaryList>
      {hidden > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('places.more', { count: hidden })}
        </Typography>
      )}
    </>
  );
}
