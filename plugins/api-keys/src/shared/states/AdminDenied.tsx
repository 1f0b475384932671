import { useTranslation } from '../../translations/useTranslation';
import { EmptyState } from './EmptyState';
import { useErrorText } from './useErrorText';

type AdminDeniedProps = { error: Error };

/** Says that somebody may not see everybody's keys; the backend knows best what is missing. */
export function AdminDenied({ error }: AdminDeniedProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return (
    <EmptyState
      title={t('admin.deniedTitle')}
      text={
        <>
          {errorText(error)}
          <br />
          {t('admin.deniedAdvice')}
        </>
      }
    />
  );
}
