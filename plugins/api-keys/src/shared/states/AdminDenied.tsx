import { useTranslation } from '../../translations/useTranslation';
import { EmptyState } from './EmptyState';
import { useErrorText } from './useErrorText';

/** Says that somebody may not see everybody's keys; the backend knows best what is missing. */
export const AdminDenied = ({ error }: { error: Error }) => {
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
};
