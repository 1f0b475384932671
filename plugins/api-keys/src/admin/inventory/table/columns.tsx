import { ApiKey } from 'backstage-plugin-api-keys-common';
import { ReactNode } from 'react';
import { KeyExpiry, KeyLastUse, KeyState } from '../../../shared/list/cells';
import { useTableStyles } from '../../../shared/list/useTableStyles';
import { durationInWords } from '../../../shared/time/durations';
import { RelativeTime } from '../../../shared/time/RelativeTime';
import { OwnerLink } from '../../../shared/ui/OwnerLink';
import { useLocale } from '../../../translations/useLocale';
import { useTranslation } from '../../../translations/useTranslation';

/** Columns of the inventory in addition to the name. */
export const INVENTORY_COLUMNS = [
  'owner',
  'status',
  'expires',
  'lastUsed',
  'created',
  'uses',
  'createdBy',
  'inactivity',
  'scopes',
  'id',
] as const;

export type InventoryColumn = (typeof INVENTORY_COLUMNS)[number];

export const DEFAULT_COLUMNS: InventoryColumn[] = [
  'owner',
  'status',
  'expires',
  'lastUsed',
  'created',
];

type CellProps = { apiKey: ApiKey };

function LastUse({ apiKey }: CellProps) {
  const { t } = useTranslation();
  const classes = useTableStyles();
  const { lastUsedAt, lastUsedIp } = apiKey;
  return (
    <>
      <KeyLastUse apiKey={apiKey} />
      {lastUsedAt && lastUsedIp && (
        <div className={classes.detail}>
          {t('key.fromIp', { ip: lastUsedIp })}
        </div>
      )}
    </>
  );
}

function Inactivity({ apiKey: { inactivityTimeout } }: CellProps) {
  const locale = useLocale();
  if (!inactivityTimeout) return <>—</>;
  return <>{durationInWords(inactivityTimeout, locale)}</>;
}

function Scopes({ apiKey: { scopes } }: CellProps) {
  if (scopes.length === 0) return <>—</>;
  return (
    <>
      {scopes.map(scope => (
        <div key={scope}>
          <code>{scope}</code>
        </div>
      ))}
    </>
  );
}

function Uses({ apiKey: { useCount } }: CellProps) {
  return <>{new Intl.NumberFormat(useLocale()).format(useCount)}</>;
}

const CELLS: Record<InventoryColumn, (props: CellProps) => ReactNode> = {
  owner: ({ apiKey }) => <OwnerLink owner={apiKey.owner} />,
  status: KeyState,
  expires: KeyExpiry,
  lastUsed: LastUse,
  created: ({ apiKey }) => <RelativeTime time={apiKey.createdAt} past />,
  uses: Uses,
  createdBy: ({ apiKey }) => <OwnerLink owner={apiKey.createdBy} />,
  inactivity: Inactivity,
  scopes: Scopes,
  id: ({ apiKey }) => <code>{apiKey.id}</code>,
};

type InventoryCellProps = {
  column: InventoryColumn;
  apiKey: ApiKey;
};

export function InventoryCell(props: InventoryCellProps) {
  const Cell = CELLS[props.column];
  return <Cell apiKey={props.apiKey} />;
}
