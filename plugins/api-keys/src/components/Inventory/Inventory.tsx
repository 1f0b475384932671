import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  apiKeyAdminManagePermission,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { useFocusFallback } from '../../hooks/useFocusFallback';
import { useInventory } from '../../hooks/useInventory';
import { DEFAULT_FILTERS } from '../../lib/inventoryFilters';
import { apiKeysTranslationRef } from '../../translation';
import { AdminDenied } from '../AdminDenied';
import { ExportButton } from '../ExportButton';
import { InventoryFilterBar } from '../InventoryFilters';
import { InventoryTable } from '../InventoryTable';
import { PagedList } from '../PagedList';
import { RevokeKeysDialog, RevokeTarget } from '../RevokeKeysDialog';
import { SummaryTiles } from '../SummaryTiles';
import { InventoryEmpty } from './InventoryEmpty';
import { RevokeButtons } from './RevokeButtons';
import { useInventoryFilters } from './useInventoryFilters';
import { useSelection } from './useSelection';

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    margin: theme.spacing(2, 0),
  },
  list: { outline: 'none' },
}));

/** Everybody's keys: how many there are of which kind, which they are, and what can be done about them. */
export const Inventory = (props: {
  summary: ApiKeySummary;
  /** Counts the keys anew. */
  onChanged: () => Promise<void>;
}) => {
  const { summary, onChanged } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles();
  const { filters, setFilters, filter, query, settled } = useInventoryFilters();
  const { state, refresh, loadMore } = useInventory(query);
  const keys = state.status === 'ready' ? state.items : [];
  const { selected, select } = useSelection(query, keys);
  const [target, setTarget] = useState<RevokeTarget>();
  const listRef = useFocusFallback<HTMLElement>(target !== undefined);
  const { allowed } = usePermission({
    permission: apiKeyAdminManagePermission,
  });

  const isFiltered = Object.keys(filter).length > 0;
  // Nobody is to revoke other keys than those in the list.
  const matching =
    isFiltered && settled && state.status === 'ready' && !state.updating
      ? state.totalItems
      : undefined;

  return (
    <>
      <SummaryTiles summary={summary} filters={filters} onChange={setFilters} />
      <InventoryFilterBar values={filters} onChange={setFilters} />
      <div className={classes.actions}>
        <ExportButton filter={filter} />
        {allowed && (
          <RevokeButtons
            selected={selected.length}
            matching={matching}
            onRevokeSelected={() => setTarget({ keys: selected })}
            onRevokeMatching={() => setTarget({ filter })}
          />
        )}
      </div>
      <section
        ref={listRef}
        className={classes.list}
        tabIndex={-1}
        aria-label={t('inventory.label')}
      >
        <PagedList
          state={state}
          texts={{
            loading: t('admin.loading'),
            loadFailed: t('admin.loadFailed'),
            total: count => t('list.total', { count }),
          }}
          empty={
            <InventoryEmpty
              filtered={isFiltered}
              onClear={() => setFilters(DEFAULT_FILTERS)}
            />
          }
          denied={error => <AdminDenied error={error} />}
          onRetry={refresh}
          onLoadMore={loadMore}
        >
          {(shown, updating) => (
            <InventoryTable
              keys={shown}
              updating={updating}
              selected={selected}
              onSelect={allowed ? select : undefined}
            />
          )}
        </PagedList>
      </section>
      {target && (
        <RevokeKeysDialog
          target={target}
          onRevoked={() => {
            refresh();
            onChanged();
          }}
          onClose={() => setTarget(undefined)}
        />
      )}
    </>
  );
};
