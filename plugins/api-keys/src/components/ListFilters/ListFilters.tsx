import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ApiKeyOrder } from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';
import { ChoiceField, SearchField, useFilterStyles } from '../FilterFields';

/** The groups of keys that can be shown. */
export type KeyGroup = 'working' | 'ended' | 'all';

/** What the list is narrowed down to, and its order. */
export type ListFilterValues = {
  group: KeyGroup;
  search: string;
  orderBy: ApiKeyOrder;
};

const GROUPS: KeyGroup[] = ['working', 'ended', 'all'];

const ORDERS = [
  ['createdAt:desc', 'newest'],
  ['createdAt:asc', 'oldest'],
  ['expiresAt:asc', 'expiry'],
  ['lastUsedAt:desc', 'lastUsed'],
  ['name:asc', 'name'],
] as const satisfies readonly (readonly [ApiKeyOrder, string])[];

/** Narrows the list down and sorts it. */
export const ListFilters = (props: {
  values: ListFilterValues;
  onChange: (values: ListFilterValues) => void;
}) => {
  const { values, onChange } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useFilterStyles();
  return (
    <div className={classes.root} role="search">
      <SearchField
        id="api-keys-search"
        value={values.search}
        onChange={search => onChange({ ...values, search })}
      />
      <ChoiceField
        id="api-keys-group"
        label={t('filter.show')}
        value={values.group}
        choices={GROUPS.map(value => ({ value, label: t(`filter.${value}`) }))}
        onChange={group => onChange({ ...values, group })}
      />
      <ChoiceField
        id="api-keys-order"
        label={t('filter.order')}
        value={values.orderBy}
        choices={ORDERS.map(([value, label]) => ({
          value,
          label: t(`filter.${label}`),
        }))}
        onChange={orderBy => onChange({ ...values, orderBy })}
      />
    </div>
  );
};
