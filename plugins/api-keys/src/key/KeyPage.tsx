import Link from '@material-ui/core/Link';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import ArrowBackIcon from '@material-ui/icons/ArrowBack';
import { makeStyles } from '@material-ui/core/styles';
import { displayText } from 'backstage-plugin-api-keys-common';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { isNotAllowed, isNotFound } from '../shared/data/errors';
import { LoadError } from '../shared/states/LoadError';
import { DocumentTitle } from '../shared/ui/DocumentTitle';
import { useTranslation } from '../translations/useTranslation';
import { KeyDetails } from './KeyDetails';
import { KeyMissing } from './KeyMissing';
import { useKeyDetails } from './useKeyDetails';

const useStyles = makeStyles(theme => ({
  back: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
  },
  loading: { padding: theme.spacing(2), marginTop: theme.spacing(2) },
  missing: { marginTop: theme.spacing(2) },
}));

type KeyContentProps = { id: string };

function KeyContent({ id }: KeyContentProps) {
  const { t } = useTranslation();
  const classes = useStyles();
  const { key, usage } = useKeyDetails(id);
  const { value, error, refresh } = key;

  if (!value && !error) {
    return (
      <Paper
        role="status"
        aria-label={t('keyPage.loading')}
        className={classes.loading}
      >
        <DocumentTitle page="places.page" />
        <Skeleton height={48} />
        <Skeleton height={48} />
        <Skeleton height={48} />
      </Paper>
    );
  }
  // A cached key is hidden after a 404 or 403.
  if (!value || (error && (isNotFound(error) || isNotAllowed(error)))) {
    return (
      <div className={classes.missing}>
        <DocumentTitle page="places.page" />
        <KeyMissing error={error!} onRetry={refresh} />
      </div>
    );
  }
  return (
    <>
      {error && (
        <div className={classes.missing}>
          <LoadError
            title={t('keyPage.refreshFailed')}
            severity="warning"
            error={error}
            onRetry={refresh}
          />
        </div>
      )}
      <DocumentTitle page="places.page" part={displayText(value.name)} />
      <KeyDetails apiKey={value} usage={usage} onChanged={refresh} />
    </>
  );
}

type KeyPageProps = { id: string };

/** The page of one key. */
export function KeyPage({ id }: KeyPageProps) {
  const { t } = useTranslation();
  const classes = useStyles();
  const paths = useKeyPaths();
  return (
    <>
      <Typography variant="body2">
        <Link component={AppLink} to={paths.list} className={classes.back}>
          <ArrowBackIcon fontSize="small" />
          {t('keyPage.back')}
        </Link>
      </Typography>
      <KeyContent id={id} />
    </>
  );
}
