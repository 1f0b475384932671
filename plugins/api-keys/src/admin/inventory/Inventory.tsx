import { usePermission } from '@backstage/plugin-permission-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  ApiKey,
  apiKeyAdminManagePermission,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { DEFAULT_FILTERS } from '../../shared/filters/inventoryFilters';
import { PagedList } from '../../shared/list/PagedList';
import { AdminDenied } from '../../shared/states/AdminDenied';
import { ListEmpty } from '../../shared/states/ListEmpty';
import { ExportButton } from '../../shared/ui/ExportButton';
import { useFocusFallback } from '../../shared/ui/useFocusFallback';
import { useTranslation } from '../../translations/useTranslation';
import { KeyActionDialogs, OpenKeyDialog } from '../bulk/KeyActionDialogs';
import { BulkButtons } from './BulkButtons';
import { InventoryCharts } from './charts/InventoryCharts';
import { InventoryFilterBar } from './filters/InventoryFilterBar';
import { SummaryTiles } from './SummaryTiles';
import { ColumnsButton } from './table/ColumnsButton';
import { InventoryTable } from './table/InventoryTable';
import { useColumns } from './table/useColumns';
import { useInventory } from './useInventory';
import { useInventoryFilters } from './useInventoryFilters';
import { useOfferedScopes } from './useOfferedScopes';
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

type InventoryProps = {
  summary: ApiKeySummary;
  /** Reloads the counts of keys. */
  onChanged: () => Promise<void>;
};

/** The inventory of all keys: counts, charts, filters, the table and its actions. */
export function Inventory(props: InventoryProps) {
  const { summary, onChanged } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const { filters, setFilters, filter, query, settled } = useInventoryFilters();
  const { state, refresh, loadMore } = useInventory(query);
  const keys = state.status === 'ready' ? state.items : [];
  const { selected, select } = useSelection(query, keys);
  const [columns, setColumns] = useColumns();
  const scopes = useOfferedScopes();
  const [dialog, setDialog] = useState<OpenKeyDialog>();
  const listRef = useFocusFallback<HTMLElement>(dialog !== undefined);
  const close = useCallback(() => setDialog(undefined), []);
  const { allowed } = usePermission({
    permission: apiKeyAdminManagePermission,
  });

  const actions = {
    onSetExpiry: (apiKey: ApiKey) => setDialog({ setExpiry: apiKey }),
    onTransfer: (apiKey: ApiKey) => setDialog({ transfer: { keys: [apiKey] } }),
    onRevoke: (apiKey: ApiKey) => setDialog({ revoke: { keys: [apiKey] } }),
  };

  const isFiltered = Object.keys(filter).length > 0;
  // A filter-based action is offered only when the list shows what the filter selects.
  const matching =
    isFiltered && settled && state.status === 'ready' && !state.updating
      ? state.totalItems
      : undefined;

  return (
    <>
      <SummaryTiles summary={summary} filters={filters} onChange={setFilters} />
      <InventoryCharts
        summary={summary}
        filters={filters}
        onChange={setFilters}
      />
      <InventoryFilterBar
        values={filters}
        onChange={setFilters}
        scopes={scopes}
      />
      <div className={classes.actions}>
        <ColumnsButton
          columns={columns}
          onChange={setColumns}
          useless={scopes ? [] : ['scopes']}
        />
        <ExportButton filter={filter} />
        {allowed && (
          <BulkButtons
            selected={selected.length}
            matching={matching}
            andMore={state.status === 'ready' && state.totalIsCapped}
            onTransferSelected={() =>
              setDialog({ transfer: { keys: selected } })
            }
            onRevokeSelected={() => setDialog({ revoke: { keys: selected } })}
            onRevokeMatching={() => setDialog({ revoke: { filter } })}
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
            <ListEmpty
              texts={{
                emptyTitle: t('inventory.emptyTitle'),
                emptyText: t('inventory.emptyText'),
                noMatchTitle: t('inventory.noMatchTitle'),
                noMatchText: t('inventory.noMatchText'),
                clear: t('inventory.clear'),
              }}
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
              columns={columns}
              onSelect={allowed ? select : undefined}
              actions={allowed ? actions : undefined}
            />
          )}
        </PagedList>
      </section>
      <KeyActionDialogs
        dialog={dialog}
        onChanged={async () => {
          await Promise.all([refresh(), onChanged()]);
        }}
        onClose={close}
      />
    </>
  );
}
