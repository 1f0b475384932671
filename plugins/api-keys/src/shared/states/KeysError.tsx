import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../translations/useTranslation';
import { isNotAllowed } from '../data/errors';
import { LoadError } from './LoadError';

/** Says on other pages of the portal why there are no keys to be seen. */
export const KeysError = (props: {
  error: Error;
  onRetry: () => Promise<void>;
}) => {
  const { t } = useTranslation();
  return isNotAllowed(props.error) ? (
    <Typography paragraph>{t('list.deniedTitle')}</Typography>
  ) : (
    <LoadError title={t('places.loadFailed')} {...props} />
  );
};
