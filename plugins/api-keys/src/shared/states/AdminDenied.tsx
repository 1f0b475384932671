import { useTranslation } from '../../translations/useTranslation';
import { EmptyState } from './EmptyState';
import { useErrorText } from './useErrorText';

type AdminDeniedProps = { error: Error };

/** Explains that the user cannot see all keys. The backend's message names the missing permission. */
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
