import { InfoCard } from '@backstage/core-components';
import { AttentionSummary } from '../components/AttentionSummary';
import { useTexts } from '../hooks/useTexts';

/** The new home page draws the card itself; here it is drawn. */
export const HomeCard = () => {
  const { t } = useTexts();
  return (
    <InfoCard title={t('places.title')}>
      <AttentionSummary />
    </InfoCard>
  );
};
