import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { AppLink } from '../../routing/AppLink';
import { useAdminPaths } from '../filters/useAdminPaths';
import { useKeyPaths } from '../../routing/useKeyPaths';
import { useTranslation } from '../../translations/useTranslation';
import { useErrorText } from '../states/useErrorText';
import { UserText } from '../ui/UserText';
import { SearchedKeys, SecretLookup } from './useSecretLookup';

type KeyLinkProps = { apiKey: ApiKey; to: string };

function KeyLink({ apiKey, to }: KeyLinkProps) {
  return (
    <Link component={AppLink} to={to} color="inherit" underline="always">
      <UserText>{apiKey.name}</UserText> …{apiKey.hint}
    </Link>
  );
}

type OwnKeyLinkProps = { apiKey: ApiKey };

function OwnKeyLink({ apiKey }: OwnKeyLinkProps) {
  const paths = useKeyPaths();
  return <KeyLink apiKey={apiKey} to={paths.key(apiKey.id)} />;
}

type KeyTrailLinkProps = { apiKey: ApiKey };

/** Link to the events of a key, for admins. */
function KeyTrailLink({ apiKey }: KeyTrailLinkProps) {
  const paths = useAdminPaths();
  return <KeyLink apiKey={apiKey} to={paths.trail({ keyId: apiKey.id })} />;
}

type OutcomeProps = { among: SearchedKeys; lookup: SecretLookup };

function Outcome(props: OutcomeProps) {
  const { among, lookup } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  switch (lookup.status) {
    case 'looking':
      return <>{t('pastedSecret.looking')}</>;
    case 'found': {
      const { apiKey } = lookup;
      const key =
        among === 'own' ? (
          <OwnKeyLink apiKey={apiKey} />
        ) : (
          <KeyTrailLink apiKey={apiKey} />
        );
      return t('pastedSecret.found', { key });
    }
    case 'unknown':
      return (
        <>
          {t(
            among === 'own'
              ? 'pastedSecret.notOwn'
              : 'pastedSecret.notInPortal',
          )}
        </>
      );
    case 'failed':
      return (
        <>{t('pastedSecret.failed', { reason: errorText(lookup.error) })}</>
      );
    default:
      return lookup satisfies never;
  }
}

// Takes a separate row and does not widen the filters.
const useStyles = makeStyles({
  root: { order: 1, width: 0, minWidth: '100%' },
});

type SecretNoticeProps = {
  among: SearchedKeys;
  lookup: SecretLookup | undefined;
  onDismiss: () => void;
};

/** Explains that a secret was pasted into a search field, and shows its key. */
export function SecretNotice(props: SecretNoticeProps) {
  const { among, lookup, onDismiss } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  if (!lookup) return null;
  return (
    <Alert
      className={classes.root}
      severity={lookup.status === 'failed' ? 'warning' : 'info'}
      closeText={t('page.dismiss')}
      onClose={onDismiss}
    >
      {t('pastedSecret.intro')} <Outcome among={among} lookup={lookup} />
    </Alert>
  );
}
