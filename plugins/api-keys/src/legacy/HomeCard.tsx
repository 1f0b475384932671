import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { AttentionSummary } from '../components/AttentionSummary';
import { apiKeysTranslationRef } from '../translation';

/** The new home page draws the card itself; here it is drawn. */
export const HomeCard = () => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return (
    <InfoCard title={t('places.title')}>
      <AttentionSummary />
    </InfoCard>
  );
};
