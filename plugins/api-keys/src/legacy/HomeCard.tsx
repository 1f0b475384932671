import { InfoCard } from '@backstage/core-components';
import { AttentionSummary } from '../home/AttentionSummary';
import { useTranslation } from '../translations/useTranslation';

/** Adds the card that the new frontend system's home page provides itself. */
export function HomeCard() {
  const { t } = useTranslation();
  return (
    <InfoCard title={t('places.title')}>
      <AttentionSummary />
    </InfoCard>
  );
}
