const DAY = 24 * 60 * 60 * 1000;

const ADA = 'user:default/ada';

/** Key as returned by the API; only the screenshots use it. */
type ShownKey = {
  id: string;
  name: string;
  status: string;
  lastUsedAt: string | null;
};

/** Times are in days from now. */
function key(
  name: string,
  fields: {
    made: number;
    ends?: number;
    used?: number;
    inactive?: number;
    [field: string]: unknown;
  },
): ShownKey {
  const { made, ends, used, inactive, ...rest } = fields;
  const time = (days: number | undefined) =>
    days === undefined
      ? null
      : new Date(Date.now() + days * DAY + 60_000).toISOString();
  return {
    id: `00000000-0000-4000-8000-${idOf(name)}`,
    name,
    description: null,
    owner: ADA,
    subject: ADA,
    createdBy: ADA,
    createdAt: time(made),
    expiresAt: time(ends),
    inactivityTimeout: inactive === undefined ? null : 'P30D',
    inactiveAt: time(inactive),
    lastUsedAt: time(used),
    lastUsedIp: used === undefined ? null : '10.20.30.40',
    lastUsedUserAgent: used === undefined ? null : 'curl/8.5.0',
    useCount: used === undefined ? 0 : 12_345,
    status: 'active',
    revokedAt: null,
    revokedBy: null,
    revokedReason: null,
    hint: 'x7Kq',
    familyId: `00000000-0000-4000-8000-${idOf(name)}`,
    predecessorId: null,
    rotatedBy: null,
    successorId: null,
    overlapEndsAt: null,
    accessRestrictions: null,
    allowedIps: null,
    scopes: [],
    ...rest,
  } as ShownKey;
}

/** List with every chip, and with bars and sparklines of every kind. */
export function keysOfEveryKind(): ShownKey[] {
  return [
    key('Nightly build', { made: -87, ends: 3, used: -0.01 }),
    key('Dashboard of the team', {
      made: -40,
      ends: 50,
      used: -28,
      inactive: 2,
      description: 'Reads the catalog once a month for the report',
    }),
    key('Deploy', {
      made: -12,
      ends: 78,
      used: -0.1,
      owner: 'group:default/team-a',
      subject: 'group:default/team-a',
      lastUsedIp: '2001:db8:85a3::8a2e:370:7334',
    }),
    key('Local experiments', { made: -1, ends: 364 }),
    key('Terraform', { made: -200, used: -0.001, inactive: 25 }),
    key('Old pipeline', {
      made: -60,
      ends: 30,
      used: -1,
      status: 'retiring',
      overlapEndsAt: new Date(Date.now() + 5 * DAY).toISOString(),
    }),
    key('Workshop', { made: -37, ends: -7, used: -8, status: 'expired' }),
    key('Backup', { made: -99, used: -36, inactive: -6, status: 'inactive' }),
    key('Smoke test', {
      made: -20,
      ends: 70,
      used: -4,
      status: 'revoked',
      revokedAt: new Date(Date.now() - 4 * DAY).toISOString(),
      revokedReason: 'leaked',
    }),
  ];
}

/** Uses per day until the last use: of a job on workdays, of a busy job, of a rarely used key. */
export function usesOf({ id, name, lastUsedAt }: ShownKey) {
  if (lastUsedAt === null) return [];
  const last = Math.floor((Date.now() - Date.parse(lastUsedAt)) / DAY);
  return Array.from({ length: 30 }, (_, daysAgo) => {
    const since = daysAgo - last;
    const uses = [
      since % 7 < 5 ? 40 + ((since * 13) % 20) : 0,
      10 + ((since * 37) % 90),
      since % 9 === 0 ? 3 : 0,
    ][name.length % 3];
    const day = new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10);
    return { keyId: id, day, uses: since < 0 ? 0 : uses };
  }).filter(({ uses }) => uses > 0);
}

function idOf(name: string): string {
  return Buffer.from(name.padEnd(6)).subarray(-6).toString('hex');
}
