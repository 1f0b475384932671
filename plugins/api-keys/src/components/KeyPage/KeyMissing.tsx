import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { useKeyPaths } from '../../hooks/useKeyPaths';
import { useTexts } from '../../hooks/useTexts';
import { isNotAllowed, isNotFound } from '../../lib/errors';
import { AppLink } from '../../routing';
import { LoadError } from '../LoadError';
import { StateMessage } from '../StateMessage';

/** Stands where the key would be, and says why there is none. */
export const KeyMissing = (props: {
  error: Error;
  onRetry: () => Promise<void>;
}) => {
  const { error, onRetry } = props;
  const { t } = useTexts();
  const paths = useKeyPaths();
  if (isNotAllowed(error)) {
    return (
      <Paper>
        <StateMessage
          title={t('list.deniedTitle')}
          text={t('list.deniedText')}
        />
      </Paper>
    );
  }
  if (isNotFound(error)) {
    return (
      <Paper>
        <StateMessage
          title={t('keyPage.notFoundTitle')}
          text={t('keyPage.notFoundText')}
          action={
            <Button variant="outlined" component={AppLink} to={paths.list}>
              {t('keyPage.back')}
            </Button>
          }
        />
      </Paper>
    );
  }
  return (
    <LoadError
      title={t('keyPage.loadFailed')}
      error={error}
      onRetry={onRetry}
    />
  );
};
