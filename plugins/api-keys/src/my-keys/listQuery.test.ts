import { ApiKeyStatus } from 'backstage-plugin-api-keys-common';
import {
  DEFAULT_LIST_FILTERS,
  KEY_GROUPS,
  KeyGroup,
  LIST_ORDERS,
  ListFilterValues,
  readListFilters,
  toApiKeysQuery,
  writeListFilters,
} from './listQuery';

const read = (search: string) => readListFilters(new URLSearchParams(search));

describe('filters of the list in the URL', () => {
  const every = KEY_GROUPS.flatMap(group =>
    Object.values(LIST_ORDERS).flatMap(orderBy =>
      ['', 'ci & cd = ü'].map(search => ({ group, orderBy, search })),
    ),
  );

  it.each<ListFilterValues>(every)(
    'are read as they were written: %j',
    filters => {
      expect(read(`?${writeListFilters(filters)}`)).toEqual(filters);
    },
  );

  it('write nothing for default values', () => {
    expect(`${writeListFilters(DEFAULT_LIST_FILTERS)}`).toBe('');
    expect(read('')).toEqual(DEFAULT_LIST_FILTERS);
  });

  it.each(['group=asleep', 'orderBy=owner:asc', 'page=2', 'group='])(
    'ignore unknown values: %s',
    search => {
      expect(read(`?${search}&q=ci`)).toEqual({
        ...DEFAULT_LIST_FILTERS,
        search: 'ci',
      });
    },
  );

  it('limit the search text to what the backend accepts', () => {
    expect(read(`?q=${'x'.repeat(300)}`).search).toHaveLength(200);
  });
});

describe('toApiKeysQuery', () => {
  it.each([
    [' \u00a0', undefined],
    [' ci ', 'ci'],
  ])('trims the search text %j', (search, q) => {
    const filters = { ...DEFAULT_LIST_FILTERS, search };
    expect(toApiKeysQuery(filters).q).toBe(q);
  });

  it.each<[KeyGroup, ApiKeyStatus[] | undefined]>([
    ['working', ['active', 'retiring']],
    ['ended', ['inactive', 'expired', 'revoked']],
    ['all', undefined],
    ['retiring', ['retiring']],
    ['revoked', ['revoked']],
  ])('knows which keys are %s', (group, status) => {
    const { status: asked } = toApiKeysQuery({
      ...DEFAULT_LIST_FILTERS,
      group,
    });
    expect(asked?.sort()).toEqual(status?.sort());
  });

  it('has the requested filters', () => {
    expect(
      toApiKeysQuery({ group: 'all', search: 'ci', orderBy: 'name:asc' }),
    ).toEqual({ status: undefined, q: 'ci', orderBy: 'name:asc' });
    expect(toApiKeysQuery(DEFAULT_LIST_FILTERS).q).toBeUndefined();
  });
});
