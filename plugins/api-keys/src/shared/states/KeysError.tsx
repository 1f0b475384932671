import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../translations/useTranslation';
import { isNotAllowed } from '../data/errors';
import { LoadError } from './LoadError';

type KeysErrorProps = {
  error: Error;
  onRetry: () => Promise<void>;
};

/** Error in cards on other pages. */
export function KeysError(props: KeysErrorProps) {
  const { t } = useTranslation();
  return isNotAllowed(props.error) ? (
    <Typography paragraph>{t('list.deniedTitle')}</Typography>
  ) : (
    <LoadError title={t('places.loadFailed')} {...props} />
  );
}
