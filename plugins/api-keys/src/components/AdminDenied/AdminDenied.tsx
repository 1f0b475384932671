import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useErrorText } from '../../hooks/useErrorText';
import { apiKeysTranslationRef } from '../../translation';
import { StateMessage } from '../StateMessage';

/** Says that somebody may not see everybody's keys; the backend knows best what is missing. */
export const AdminDenied = ({ error }: { error: Error }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
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
