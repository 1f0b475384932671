const DAY = 24 * 60 * 60 * 1000;
const inDays = days => new Date(Date.now() + days * DAY).toISOString();

const API = '/api/api-keys/v1';
const LIST = `${API}/admin/keys`;

/** Baseline without a query for keys: the cost of authentication and of the network. */
export const BASELINE = { name: 'baseline: the policy', path: `${API}/policy` };

/** Requests that are sent one after the other. `target` is in milliseconds. */
export const CASES = [
  { name: 'list: newest first', query: {} },
  { name: 'list: 100 a page', query: { limit: 100 } },
  { name: 'list: oldest first', query: { orderBy: 'createdAt:asc' } },
  { name: 'list: next to expire', query: { orderBy: 'expiresAt:asc' } },
  { name: 'list: last to expire', query: { orderBy: 'expiresAt:desc' } },
  { name: 'list: longest unused', query: { orderBy: 'lastUsedAt:asc' } },
  { name: 'list: used last', query: { orderBy: 'lastUsedAt:desc' } },
  { name: 'list: by name', query: { orderBy: 'name:asc' } },
  { name: 'list: by owner', query: { orderBy: 'owner:asc' } },
  { name: 'list: active', query: { status: 'active' } },
  { name: 'list: retiring', query: { status: 'retiring' } },
  { name: 'list: inactive', query: { status: 'inactive' } },
  { name: 'list: expired', query: { status: 'expired' } },
  { name: 'list: revoked', query: { status: 'revoked' } },
  {
    name: 'list: active, next to expire',
    query: { status: 'active', orderBy: 'expiresAt:asc' },
  },
  {
    name: 'list: active, longest unused',
    query: { status: 'active', orderBy: 'lastUsedAt:asc' },
  },
  { name: 'list: of one owner', query: { owner: 'user:default/u00001' } },
  { name: 'list: search, common', query: { q: 'payments' } },
  { name: 'list: search, rare', query: { q: 'deploy-ferries-prod-77' } },
  { name: 'list: search, nothing', query: { q: 'no such key' } },
  { name: 'list: search, two letters', query: { q: 'zq' } },
  { name: 'list: expires in a week', query: { expiresBefore: inDays(7) } },
  { name: 'list: unused for 90 days', query: { unusedSince: inDays(-90) } },
  { name: 'list: never used', query: { neverUsed: true } },
  { name: 'list: without expiry', query: { withoutExpiry: true } },
  { name: 'list: over a year old', query: { createdBefore: inDays(-365) } },
  {
    name: 'list: newest first, from the middle',
    query: {},
    // A cursor is valid for any filter with the same order.
    after: { createdBefore: inDays(-180) },
  },
  {
    name: 'list: last to expire, from the middle',
    query: { orderBy: 'expiresAt:desc' },
    after: { orderBy: 'expiresAt:desc', expiresBefore: inDays(90) },
  },
]
  .map(({ query, after, ...rest }) => ({
    ...rest,
    target: 100,
    path: pathOf(query),
    after: after && pathOf({ ...after, limit: 1 }),
  }))
  .concat({ name: 'summary', target: 300, path: `${API}/admin/summary` });

/** Repeated after keys were used: an index-only scan does not see the uses until PostgreSQL has vacuumed. */
export const CASES_AFTER_USES = CASES.filter(({ name }) =>
  ['list: inactive', 'list: unused for 90 days', 'summary'].includes(name),
).map(each => ({
  ...each,
  name: `${each.name}, 1 % just used`,
  target: undefined,
}));

/** Streamed, once. */
export const EXPORT = { name: 'export', path: `${LIST}.csv` };

function pathOf(query) {
  return `${LIST}?${new URLSearchParams(query)}`;
}
