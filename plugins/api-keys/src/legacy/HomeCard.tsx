import { InfoCard } from '@backstage/core-components';
import { AttentionSummary } from '../home/AttentionSummary';
import { useTranslation } from '../translations/useTranslation';

/** The new home page draws the card itself; here it is drawn. */
export function HomeCard() {
  const { t } = useTranslation();
  return (
    <InfoCard title={t('places.title')}>
      <AttentionSummary />
    </InfoCard>
  );
}
