import { ChoiceField } from '../shared/fields/ChoiceField';
import { SearchField } from '../shared/fields/SearchField';
import { useFilterStyles } from '../shared/fields/useFilterStyles';
import { useTranslation } from '../translations/useTranslation';
import { KEY_GROUPS, LIST_ORDERS, ListFilterValues } from './listQuery';

const ORDERS = Object.keys(LIST_ORDERS) as (keyof typeof LIST_ORDERS)[];

type ListFiltersProps = {
  values: ListFilterValues;
  onChange: (values: ListFilterValues) => void;
};

/** Filters and order of the list. */
export function ListFilters(props: ListFiltersProps) {
  const { values, onChange } = props;
  const { t } = useTranslation();
  const classes = useFilterStyles();
  return (
    <div className={classes.root} role="search">
      <SearchField
        id="api-keys-search"
        among="own"
        value={values.search}
        onChange={search => onChange({ ...values, search })}
      />
      <ChoiceField
        id="api-keys-group"
        label={t('filter.show')}
        value={values.group}
        choices={KEY_GROUPS.map(value => ({
          value,
          label: t(`filter.${value}`),
        }))}
        onChange={group => onChange({ ...values, group })}
      />
      <ChoiceField
        id="api-keys-order"
        label={t('filter.order')}
        value={values.orderBy}
        choices={ORDERS.map(name => ({
          value: LIST_ORDERS[name],
          label: t(`filter.${name}`),
        }))}
        onChange={orderBy => onChange({ ...values, orderBy })}
      />
    </div>
  );
}
