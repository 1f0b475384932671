/** Targets of requests with each key: the plugin itself, a plugin that checks permissions, and one that does not. */
const PATHS = [
  '/api/api-keys/v1/self',
  '/api/catalog/entities/by-name/user/default/linus',
  '/api/notifications',
];

/** Records the responses to each key: where it is accepted, why it is denied, and its introspection response. */
export async function answersOf(portal, person, { key, secret, unused }) {
  const name = `${key.name} (${key.id})`;
  if (unused) return { name, keyId: key.id, secret };
  const answers = {};
  for (const path of PATHS)
    answers[path] = await answerTo(portal, path, secret);
  return {
    name,
    keyId: key.id,
    secret,
    answers,
    introspection: await person.post(
      '/introspect',
      new URLSearchParams({ token: secret, client_ip: '127.0.0.1' }).toString(),
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    ),
  };
}

/** Formats a status, and for an ended key the reason: `200`, `403`, `401 expired`. */
async function answerTo({ url }, path, secret) {
  const response = await fetch(`${url}${path}`, {
    headers: { Authorization: `Bearer ${secret}` },
  });
  await response.arrayBuffer();
  const challenge = response.headers.get('www-authenticate') ?? '';
  const reason = challenge.match(/revoked|expired|inactive/)?.[0];
  return [response.status, reason].filter(Boolean).join(' ');
}

/** Records the responses that each of these users gets, as long as nothing changes. */
export async function readAll({ ada, linus, grace }, keys) {
  const owners = ['user:default/linus', 'group:default/team-b'];
  const paths = [
    [grace, 'grace', '/admin/keys?limit=200&orderBy=createdAt:asc'],
    [grace, 'grace', '/admin/events?limit=200'],
    [grace, 'grace', '/admin/policies'],
    ...owners.map(owner => [
      grace,
      'grace',
      `/admin/owners/${encodeURIComponent(owner)}/policy`,
    ]),
    [grace, 'grace', '/admin/warnings?within=P366D&limit=200'],
    [grace, 'grace', '/admin/keys?cutShort=true'],
    [grace, 'grace', '/scopes/reports%3Aread/keys'],
    [ada, 'ada', '/keys?status=retiring&status=inactive&orderBy=name:asc'],
    [linus, 'linus', '/keys?limit=200'],
    [ada, 'ada', `/keys/${keys[0].key.id}/usage?days=30`],
    [ada, 'ada', `/keys/${keys[0].key.id}/events`],
  ];
  const reads = [];
  for (const [person, user, path] of paths) {
    reads.push({
      user,
      path: `/api/api-keys/v1${path}`,
      body: await person.get(path),
    });
  }
  return reads;
}
