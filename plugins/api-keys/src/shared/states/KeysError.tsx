import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../translations/useTranslation';
import { isNotAllowed } from '../data/errors';
import { LoadError } from './LoadError';

type KeysErrorProps = {
  error: Error;
  onRetry: () => Promise<void>;
};

/** Says on other pages of the portal why there are no keys to be seen. */
export function KeysError(props: KeysErrorProps) {
  const { t } = useTranslation();
  return isNotAllowed(props.error) ? (
    <Typography paragraph>{t('list.deniedTitle')}</Typography>
  ) : (
    <LoadError title={t('places.loadFailed')} {...props} />
  );
}
