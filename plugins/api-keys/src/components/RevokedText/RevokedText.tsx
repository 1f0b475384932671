import { useTexts } from '../../hooks/useTexts';

/** Says that a key is revoked, and how many it took along. */
export const RevokedText = (props: { name: string; also: number }) => {
  const { name, also } = props;
  const { t } = useTexts();
  return (
    <>
      {also > 0
        ? t('page.revokedAlso', { name, count: also })
        : t('page.revoked', { name })}
    </>
  );
};
