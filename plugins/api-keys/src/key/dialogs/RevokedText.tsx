import { useTranslation } from '../../translations/useTranslation';

/** Says that a key is revoked, and how many it took along. */
export const RevokedText = (props: { name: string; also: number }) => {
  const { name, also } = props;
  const { t } = useTranslation();
  return (
    <>
      {also > 0
        ? t('page.revokedAlso', { name, count: also })
        : t('page.revoked', { name })}
    </>
  );
};
