import { useTranslation } from '../../translations/useTranslation';

type RevokedTextProps = { name: string; also: number };

/** Says that a key is revoked, and how many it took along. */
export function RevokedText(props: RevokedTextProps) {
  const { name, also } = props;
  const { t } = useTranslation();
  return (
    <>
      {also > 0
        ? t('page.revokedAlso', { name, count: also })
        : t('page.revoked', { name })}
    </>
  );
}
