import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import {
  API_KEY_QUERY_MAX_LENGTH,
  ApiKeyOrder,
} from 'backstage-plugin-api-keys-common';
import { apiKeysTranslationRef } from '../../translation';

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

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    flex: '1 1 auto',
    // The labels stand on the page itself, where the grey of placeholders is too pale to read.
    '& label': { color: theme.palette.text.primary },
  },
  search: { flex: '1 1 260px', maxWidth: 360 },
  choice: { flex: '1 1 160px', maxWidth: 180 },
  [theme.breakpoints.down('xs')]: {
    search: { maxWidth: 'none', flexBasis: '100%' },
    choice: { maxWidth: 'none' },
  },
}));

/** Narrows the list down and sorts it. */
export const ListFilters = (props: {
  values: ListFilterValues;
  onChange: (values: ListFilterValues) => void;
}) => {
  const { values, onChange } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles();
  return (
    <div className={classes.root} role="search">
      <TextField
        id="api-keys-search"
        className={classes.search}
        type="search"
        label={t('filter.search')}
        placeholder={t('filter.searchHint')}
        value={values.search}
        onChange={e => onChange({ ...values, search: e.target.value })}
        inputProps={{ maxLength: API_KEY_QUERY_MAX_LENGTH }}
        InputLabelProps={{ shrink: true }}
        variant="outlined"
        size="small"
      />
      <TextField
        id="api-keys-group"
        className={classes.choice}
        label={t('filter.show')}
        value={values.group}
        onChange={event => {
          const group = GROUPS.find(g => g === event.target.value);
          if (group) onChange({ ...values, group });
        }}
        InputLabelProps={{ shrink: true }}
        SelectProps={{ native: true }}
        select
        variant="outlined"
        size="small"
      >
        {GROUPS.map(group => (
          <option key={group} value={group}>
            {t(`filter.${group}`)}
          </option>
        ))}
      </TextField>
      <TextField
        id="api-keys-order"
        className={classes.choice}
        label={t('filter.order')}
        value={values.orderBy}
        onChange={event => {
          const picked = ORDERS.find(([order]) => order === event.target.value);
          if (picked) onChange({ ...values, orderBy: picked[0] });
        }}
        InputLabelProps={{ shrink: true }}
        SelectProps={{ native: true }}
        select
        variant="outlined"
        size="small"
      >
        {ORDERS.map(([order, label]) => (
          <option key={order} value={order}>
            {t(`filter.${label}`)}
          </option>
        ))}
      </TextField>
    </div>
  );
};
