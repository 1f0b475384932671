import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  AlsoRevokedApiKeys,
  ApiKey,
  apiKeyAdminManagePermission,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { RevokeKeyDialog } from '../../key/dialogs/RevokeKeyDialog';
import { AlsoRevoked } from '../../shared/keys/AlsoRevoked';
import { useFocusFallback } from '../../shared/ui/useFocusFallback';
import { useTranslation } from '../../translations/useTranslation';
import { LeakCard } from './LeakCard';
import { LeakForm } from './LeakForm';
import { useLeaks } from './useLeaks';

const useStyles = makeStyles(theme => ({
  root: { maxWidth: 800 },
  intro: { marginBottom: theme.spacing(3) },
  count: { margin: theme.spacing(3, 0, 1) },
  leaks: {
    display: 'grid',
    gap: theme.spacing(1.5),
    outline: 'none',
  },
}));

type LeakedSecretLookupProps = {
  /** Reloads the counts of keys. */
  onChanged: () => Promise<void>;
};

/** Looks up the keys of leaked secrets in a pasted text, and revokes them. */
export function LeakedSecretLookup(props: LeakedSecretLookupProps) {
  const { onChanged } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const { leaks, search, show, markRevoked } = useLeaks();
  const [revoking, setRevoking] = useState<ApiKey>();
  const [alsoRevoked, setAlsoRevoked] = useState<AlsoRevokedApiKeys>();
  const leaksRef = useFocusFallback<HTMLElement>(revoking !== undefined);
  const { allowed } = usePermission({
    permission: apiKeyAdminManagePermission,
  });

  return (
    <div className={classes.root}>
      <Typography className={classes.intro}>{t('leak.intro')}</Typography>
      <LeakForm
        search={search}
        onFound={found => {
          setAlsoRevoked(undefined);
          show(found);
        }}
      />
      <div role="status">
        {leaks && (
          <Typography className={classes.count}>
            {leaks.length > 0
              ? t('leak.found', { count: leaks.length })
              : t('leak.nothing')}
          </Typography>
        )}
        <AlsoRevoked alsoRevoked={alsoRevoked} done />
      </div>
      {leaks && leaks.length > 0 && (
        <section
          ref={leaksRef}
          className={classes.leaks}
          tabIndex={-1}
          aria-label={t('leak.label')}
        >
          {leaks.map(leak => (
            <LeakCard
              key={leak.id}
              leak={leak}
              onRevoke={allowed ? () => setRevoking(leak.apiKey) : undefined}
            />
          ))}
        </section>
      )}
      {revoking && (
        <RevokeKeyDialog
          apiKey={revoking}
          leaked
          onRevoked={async also => {
            markRevoked([revoking.id, ...also.items.map(({ id }) => id)]);
            setAlsoRevoked(also);
            await onChanged();
          }}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  );
}
