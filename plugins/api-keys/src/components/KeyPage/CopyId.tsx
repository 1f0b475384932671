import { useTexts } from '../../hooks/useTexts';
import { CopyInline } from '../CopyInline';

/** The id of a key, for scripts and for whoever is asked about the key. */
export const CopyId = ({ id }: { id: string }) => {
  const { t } = useTexts();
  return (
    <CopyInline
      value={id}
      copyLabel={t('keyFact.copyId')}
      copied={t('keyFact.idCopied')}
      refused={t('keyFact.idNotCopied')}
    />
  );
};
