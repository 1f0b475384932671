import { useTranslation } from '../../translations/useTranslation';

type RevokedTextProps = { name: string; also: number };

/** Confirms a revocation, with the number of other keys that it revoked. */
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
