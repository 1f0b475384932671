import { useApi } from '@backstage/core-plugin-api';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { dayAndTime } from '../../shared/time/formatTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { overlapEnd } from './overlapEnd';

type OverlapTextProps = {
  apiKey: ApiKey;
  overlap: 'until-first-use' | 'immediately';
};

/** Explains how long the old secret keeps working. */
export function OverlapText(props: OverlapTextProps) {
  const { apiKey, overlap } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const locale = useLocale();
  const { value: policy } = useAsync(
    () => api.getPolicy(apiKey.owner),
    [api, apiKey.owner],
  );
  if (overlap === 'immediately') return <>{t('rotate.endsNow')}</>;
  if (!policy) return <>{t('rotate.endsWithFirstUse')}</>;
  const end = overlapEnd(apiKey, policy.rotation.maxOverlap, DateTime.now());
  return <>{t('rotate.endsBy', { date: dayAndTime(end.toLocal(), locale) })}</>;
}
