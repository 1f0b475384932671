import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { isNotAllowed, isNotFound } from '../shared/data/errors';
import { EmptyState } from '../shared/states/EmptyState';
import { LoadError } from '../shared/states/LoadError';
import { useTranslation } from '../translations/useTranslation';

type KeyMissingProps = {
  error: Error;
  onRetry: () => Promise<void>;
};

/** Shown in place of a key that does not exist or cannot be seen. */
export function KeyMissing(props: KeyMissingProps) {
  const { error, onRetry } = props;
  const { t } = useTranslation();
  const paths = useKeyPaths();
  if (isNotAllowed(error)) {
    return (
      <Paper>
        <EmptyState title={t('list.deniedTitle')} text={t('list.deniedText')} />
      </Paper>
    );
  }
  if (isNotFound(error)) {
    return (
      <Paper>
        <EmptyState
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
}
