import { CopyInline } from '../shared/ui/CopyInline';
import { useTranslation } from '../translations/useTranslation';

type CopyIdProps = { id: string };

/** The id of a key with a copy button. */
export function CopyId({ id }: CopyIdProps) {
  const { t } = useTranslation();
  return (
    <CopyInline
      value={id}
      copyLabel={t('keyFact.copyId')}
      copied={t('keyFact.idCopied')}
      refused={t('keyFact.idNotCopied')}
    />
  );
}
