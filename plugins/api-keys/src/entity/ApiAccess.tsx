import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CreateKeyGate } from '../create-key/CreateKeyGate';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { CopyInline } from '../shared/ui/CopyInline';
import { useTranslation } from '../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  header: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  label: { color: theme.palette.text.secondary },
}));

type CreateLinkProps = { scope: string };

/** Link to the form for a key with a scope, for users who can create keys. */
function CreateLink({ scope }: CreateLinkProps) {
  const { t } = useTranslation();
  const paths = useKeyPaths();
  return (
    <CreateKeyGate>
      {allowed => (
        <Button
          component={AppLink}
          variant="contained"
          color="primary"
          disabled={!allowed}
          to={`${paths.list}?${new URLSearchParams({ scope })}`}
        >
          {t('apiAccess.create')}
        </Button>
      )}
    </CreateKeyGate>
  );
}

type ApiAccessProps = { scope: string; secretPrefix: string };

/** Explains how to get a key for an API and how to use it. */
export function ApiAccess(props: ApiAccessProps) {
  const { scope, secretPrefix } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  return (
    <>
      <Typography variant="body2" paragraph>
        {t('apiAccess.intro', {
          header: (
            <span className={classes.header}>
              Authorization: Bearer {secretPrefix}_…
            </span>
          ),
        })}
      </Typography>
      <Typography variant="body2" component="div" paragraph>
        <span className={classes.label}>{t('apiAccess.scope')}</span>{' '}
        <CopyInline
          value={scope}
          copyLabel={t('apiAccess.copy')}
          copied={t('apiAccess.copied')}
          refused={t('apiAccess.notCopied')}
        />
      </Typography>
      <CreateLink scope={scope} />
    </>
  );
}
