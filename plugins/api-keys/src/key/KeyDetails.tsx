import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { ApiKey, ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { useConsumableSearchParam } from '../routing/useConsumableSearchParam';
import { Loaded } from '../shared/data/useResource';
import { useHasRevealedSecret } from '../shared/secret/useRevealedSecret';
import { useFocusFallback } from '../shared/ui/useFocusFallback';
import { useTranslation } from '../translations/useTranslation';
import {
  LINKED_ACTIONS,
  linkProblemOf,
  LinkProblem,
} from './dialogs/keyActions';
import { OpenOwnKeyDialog, OwnKeyDialogs } from './dialogs/OwnKeyDialogs';
import { RevokedText } from './dialogs/RevokedText';
import { KeyActivity } from './KeyActivity';
import { KeyFacts } from './KeyFacts';
import { KeyHeader } from './KeyHeader';
import { KeyNotice } from './KeyNotice';
import { KeyRights } from './KeyRights';
import { KeyRotation } from './KeyRotation';
import { KeySection } from './KeySection';
import { KeyUsage } from './KeyUsage';
import { LinkNotice } from './LinkNotice';
import { useKeyFamily, useKeyTrail } from './useKeyDetails';

const useStyles = makeStyles(theme => ({
  root: { outline: 'none' },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 5fr) minmax(0, 7fr)',
    alignItems: 'start',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  column: { display: 'grid', gap: theme.spacing(2) },
}));

type KeyDetailsProps = {
  apiKey: ApiKey;
  usage: Loaded<ApiKeyUsage['items']>;
  /** Resolves when the key is up to date. */
  onChanged: () => Promise<void>;
};

/** The content of the page for an existing key, and its dialogs. */
export function KeyDetails(props: KeyDetailsProps) {
  const { apiKey, usage, onChanged } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const family = useKeyFamily(apiKey);
  const trail = useKeyTrail(apiKey.id);
  const hasUnstoredSecret = useHasRevealedSecret();
  const [dialog, setDialog] = useState<OpenOwnKeyDialog | undefined>(
    hasUnstoredSecret ? { action: 'create' } : undefined,
  );
  const [linkProblem, setLinkProblem] = useState<LinkProblem>();
  const [revoked, setRevoked] = useState<{ also: number }>();
  const pageRef = useFocusFallback<HTMLDivElement>(dialog !== undefined);

  const [asked, forgetAsked] = useConsumableSearchParam('do');
  useEffect(() => {
    const action = LINKED_ACTIONS.find(each => each === asked);
    // A secret that is still shown takes precedence over a link.
    if (!action || dialog) return;
    const problem = linkProblemOf(action, apiKey);
    setLinkProblem(problem);
    if (!problem) setDialog({ action, apiKey });
    forgetAsked();
  }, [asked, forgetAsked, apiKey, dialog]);

  const { refresh: refreshFamily } = family;
  const { refresh: refreshTrail } = trail;
  const refreshAll = useCallback(async () => {
    await Promise.all([onChanged(), refreshFamily(), refreshTrail()]);
  }, [onChanged, refreshFamily, refreshTrail]);

  return (
    <div ref={pageRef} className={classes.root} tabIndex={-1}>
      <KeyHeader
        apiKey={apiKey}
        onAction={action => {
          setRevoked(undefined);
          setLinkProblem(undefined);
          setDialog({ action, apiKey });
        }}
      />
      <LinkNotice
        problem={linkProblem}
        onDismiss={() => setLinkProblem(undefined)}
      />
      <div role="status">
        {revoked && (
          <Box mb={2}>
            <Alert
              severity="success"
              role="none"
              closeText={t('page.dismiss')}
              onClose={() => setRevoked(undefined)}
            >
              <RevokedText name={apiKey.name} also={revoked.also} />
            </Alert>
          </Box>
        )}
      </div>
      <KeyNotice apiKey={apiKey} />
      <div className={classes.columns}>
        <KeySection title={t('keyFact.title')}>
          <KeyFacts apiKey={apiKey} />
        </KeySection>
        <div className={classes.column}>
          <KeyUsage usage={usage} />
          <KeyRights apiKey={apiKey} />
          <KeyRotation apiKey={apiKey} family={family} />
        </div>
      </div>
      <KeyActivity
        id={apiKey.id}
        state={trail.state}
        onRetry={refreshTrail}
        onLoadMore={trail.loadMore}
      />
      <OwnKeyDialogs
        dialog={dialog}
        onChanged={refreshAll}
        onRevoked={async (_, also) => {
          await refreshAll();
          setRevoked({ also });
        }}
        onClose={() => setDialog(undefined)}
      />
    </div>
  );
}
