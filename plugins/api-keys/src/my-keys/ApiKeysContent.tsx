import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { OpenOwnKeyDialog, OwnKeyDialogs } from '../key/dialogs/OwnKeyDialogs';
import { RevokedText } from '../key/dialogs/RevokedText';
import { useHasRevealedSecret } from '../shared/secret/useRevealedSecret';
import { EmptyState } from '../shared/states/EmptyState';
import { useFocusFallback } from '../shared/ui/useFocusFallback';
import { useTranslation } from '../translations/useTranslation';
import { ApiKeysList } from './ApiKeysList';
import { CreateFromLink } from './CreateFromLink';
import { CreateKeyButton } from './CreateKeyButton';
import { EndedKeys } from './EndedKeys';
import { ListFilters } from './ListFilters';
import { NoKeys } from './NoKeys';
import { UnconfirmedOwners } from './UnconfirmedOwners';
import { useApiKeys } from './useApiKeys';
import { useListFilters } from './useListFilters';
import { useNewKeyLink } from './useNewKeyLink';

const useStyles = makeStyles(theme => ({
  intro: { maxWidth: 720, marginBottom: theme.spacing(3) },
  toolbar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(2),
  },
  list: { outline: 'none' },
}));

/** The page below its header. */
export function ApiKeysContent() {
  const { t } = useTranslation();
  const classes = useStyles();
  const { filters, setFilters, query, isDefault, reset } = useListFilters();
  const { state, refresh, loadMore } = useApiKeys(query);
  const hasUnstoredSecret = useHasRevealedSecret();
  const [dialog, setDialog] = useState<OpenOwnKeyDialog | undefined>(
    hasUnstoredSecret ? { action: 'create' } : undefined,
  );
  const [revoked, setRevoked] = useState<{ name: string; also: number }>();
  const [link, forgetLink] = useNewKeyLink();
  const listRef = useFocusFallback<HTMLElement>(
    dialog !== undefined || link !== undefined,
  );

  const open = (next: OpenOwnKeyDialog) => {
    setRevoked(undefined);
    setDialog(next);
  };
  const close = (created?: boolean) => {
    // Resets the filters, so that the new key is visible.
    if (created) reset();
    else forgetLink();
    setDialog(undefined);
  };
  const openCreate = () => open({ action: 'create' });

  const onRevoked = async ({ name }: ApiKey, also: number) => {
    await refresh();
    setRevoked({ name, also });
  };

  // The empty state has its own button.
  const offersCreate =
    isDefault &&
    state.status === 'ready' &&
    !state.updating &&
    state.items.length === 0;
  const empty = isDefault ? (
    <NoKeys onCreate={openCreate} />
  ) : (
    <EmptyState
      title={t('list.noMatchTitle')}
      text={t('list.noMatchText')}
      action={
        <Button
          variant="outlined"
          onClick={() => setFilters({ ...filters, group: 'all', search: '' })}
        >
          {t('list.showAll')}
        </Button>
      }
    />
  );

  return (
    <>
      <Typography className={classes.intro}>{t('page.intro')}</Typography>
      <UnconfirmedOwners onConfirmed={refresh} />
      <div className={classes.toolbar}>
        <ListFilters values={filters} onChange={setFilters} />
        {!offersCreate && <CreateKeyButton onClick={openCreate} />}
      </div>
      <div role="status">
        {revoked && (
          <Box mb={2}>
            <Alert
              severity="success"
              role="none"
              closeText={t('page.dismiss')}
              onClose={() => setRevoked(undefined)}
              action={
                filters.group === 'working' ? (
                  <Button
                    color="inherit"
                    size="small"
                    onClick={() => setFilters({ ...filters, group: 'ended' })}
                  >
                    {t('page.showEnded')}
                  </Button>
                ) : undefined
              }
            >
              <RevokedText {...revoked} />
            </Alert>
          </Box>
        )}
      </div>
      <section
        ref={listRef}
        className={classes.list}
        tabIndex={-1}
        aria-label={t('list.label')}
      >
        <ApiKeysList
          state={state}
          empty={empty}
          onRetry={refresh}
          onLoadMore={loadMore}
          onAction={(action, apiKey) => open({ action, apiKey })}
        />
        {filters.group === 'working' && state.status === 'ready' && (
          <EndedKeys
            search={query.q}
            workingKeys={state.items}
            onShow={() => setFilters({ ...filters, group: 'ended' })}
          />
        )}
      </section>
      <OwnKeyDialogs
        dialog={dialog}
        onChanged={refresh}
        onRevoked={onRevoked}
        onClose={close}
      />
      {link && !dialog && (
        <CreateFromLink link={link} onCreated={refresh} onClose={close} />
      )}
    </>
  );
}
