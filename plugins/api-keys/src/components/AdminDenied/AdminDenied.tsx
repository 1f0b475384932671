import { useErrorText } from '../../hooks/useErrorText';
import { useTexts } from '../../hooks/useTexts';
import { StateMessage } from '../StateMessage';

/** Says that somebody may not see everybody's keys; the backend knows best what is missing. */
export const AdminDenied = ({ error }: { error: Error }) => {
  const { t } = useTexts();
  const errorText = useErrorText();
  return (
    <StateMessage
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
