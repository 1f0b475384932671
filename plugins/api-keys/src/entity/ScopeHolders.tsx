import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useId } from 'react';
import { PagedList } from '../shared/list/PagedList';
import { useTranslation } from '../translations/useTranslation';
import { HolderItem } from './HolderItem';
import { useScopeHolders } from './useScopeHolders';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(3) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  updating: { opacity: 0.6 },
}));

type ScopeHoldersProps = { scope: string };

/** The keys with the scope of an API, for owners of the API. */
export function ScopeHolders({ scope }: ScopeHoldersProps) {
  const { t } = useTranslation();
  const classes = useStyles();
  const titleId = useId();
  const { state, refresh, loadMore } = useScopeHolders(scope);
  const note = (text: string) => (
    <Typography variant="body2">{text}</Typography>
  );
  return (
    <section aria-labelledby={titleId} className={classes.root}>
      <Typography id={titleId} variant="subtitle1" component="h4">
        {t('apiAccess.holders')}
      </Typography>
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {t('apiAccess.holdersIntro')}
      </Typography>
      <PagedList
        bare
        state={state}
        texts={{
          loading: t('apiAccess.loading'),
          loadFailed: t('apiAccess.holdersFailed'),
          total: count => t('apiAccess.total', { count }),
        }}
        empty={note(t('apiAccess.none'))}
        denied={() => note(t('apiAccess.denied'))}
        onRetry={refresh}
        onLoadMore={loadMore}
      >
        {(holders, updating) => (
          <ul
            aria-labelledby={titleId}
            aria-busy={updating}
            className={`${classes.list} ${updating ? classes.updating : ''}`}
          >
            {holders.map(holder => (
              <HolderItem key={holder.id} holder={holder} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  );
}
