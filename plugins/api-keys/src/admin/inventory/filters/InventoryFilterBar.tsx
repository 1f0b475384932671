import { ApiKeyScope } from 'backstage-plugin-api-keys-common';
import { ChoiceField } from '../../../shared/fields/ChoiceField';
import { OwnerField } from '../../../shared/fields/OwnerField';
import { SearchField } from '../../../shared/fields/SearchField';
import { useFilterStyles } from '../../../shared/fields/useFilterStyles';
import {
  INVENTORY_ORDERS,
  InventoryFilters,
  KEY_AGES,
  KEY_CONCERNS,
} from '../../../shared/filters/inventoryFilters';
import { useTranslation } from '../../../translations/useTranslation';
import { DayChips } from './DayChips';
import { ScopeField } from './ScopeField';
import { StatusField } from './StatusField';

const CONCERNS = ['any', ...KEY_CONCERNS] as const;

const ORDER_LABELS = {
  'createdAt:desc': 'filter.newest',
  'createdAt:asc': 'filter.oldest',
  'expiresAt:asc': 'filter.expiry',
  'lastUsedAt:desc': 'filter.lastUsed',
  'lastUsedAt:asc': 'inventory.leastUsed',
  'owner:asc': 'inventory.ownerOrder',
  'name:asc': 'filter.name',
} as const;

type InventoryFilterBarProps = {
  values: InventoryFilters;
  onChange: (values: InventoryFilters) => void;
  /** Offered scopes; left out if the portal has no scopes. */
  scopes?: readonly ApiKeyScope[];
};

/** Filters and order of the inventory. */
export function InventoryFilterBar(props: InventoryFilterBarProps) {
  const { values, onChange, scopes } = props;
  const { t } = useTranslation();
  const classes = useFilterStyles();
  return (
    <div className={classes.root} role="search">
      <SearchField
        id="api-keys-inventory-search"
        among="all"
        value={values.search}
        onChange={search => onChange({ ...values, search })}
      />
      <OwnerField
        id="api-keys-owner"
        className={classes.owner}
        label={t('inventory.owner')}
        placeholder={t('inventory.ownerHint')}
        value={values.owner}
        onChange={owner => onChange({ ...values, owner })}
      />
      {(scopes || values.scope) && (
        <ScopeField
          offered={scopes ?? []}
          value={values.scope}
          onChange={scope => onChange({ ...values, scope })}
        />
      )}
      <ChoiceField
        id="api-keys-concern"
        label={t('inventory.concern')}
        value={values.concern}
        choices={CONCERNS.map(value => ({
          value,
          label: t(`inventory.concern_${value}`),
        }))}
        onChange={concern => onChange({ ...values, concern })}
        wide
      />
      <StatusField
        value={values.status}
        onChange={status => onChange({ ...values, status })}
      />
      <ChoiceField
        id="api-keys-age"
        label={t('inventory.age')}
        value={values.age}
        choices={KEY_AGES.map(value => ({
          value,
          label: t(`inventory.age_${value}`),
        }))}
        onChange={age => onChange({ ...values, age })}
        wide
      />
      <ChoiceField
        id="api-keys-inventory-order"
        label={t('filter.order')}
        value={values.orderBy}
        choices={INVENTORY_ORDERS.map(value => ({
          value,
          label: t(ORDER_LABELS[value]),
        }))}
        onChange={orderBy => onChange({ ...values, orderBy })}
      />
      <DayChips values={values} onChange={onChange} />
    </div>
  );
}
