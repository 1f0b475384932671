import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTexts } from '../../hooks/useTexts';
import { rootRouteRef } from '../../routes';
import { CopyInline } from '../CopyInline';
import { CreateKeyGate } from '../CreateKeyGate';

const useStyles = makeStyles(theme => ({
  header: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  label: { color: theme.palette.text.secondary },
}));

/** The way to the form for a key with a scope, for those who may make one. */
const CreateLink = ({ scope }: { scope: string }) => {
  const { t } = useTexts();
  const pageRoute = useRouteRef(rootRouteRef);
  return (
    <CreateKeyGate>
      {allowed => (
        <LinkButton
          variant="contained"
          color="primary"
          disabled={!allowed}
          to={`${pageRoute()}?${new URLSearchParams({ scope })}`}
        >
          {t('apiAccess.create')}
        </LinkButton>
      )}
    </CreateKeyGate>
  );
};

/** How to come by a key for an API, and how to use it. */
export const ApiAccess = (props: { scope: string; secretPrefix: string }) => {
  const { scope, secretPrefix } = props;
  const { t } = useTexts();
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
};
