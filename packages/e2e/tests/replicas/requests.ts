import type { Attempt, Client } from '../../src/Client';
import type { Replica } from '../../src/Replicas';

export const KEYS = '/api/api-keys/v1/keys';

export type SendRequest = (
  client: Client,
  replica: Replica,
  secret: string,
) => Promise<Attempt>;

/** Checks no permission: the response depends only on whether the key is accepted. */
export const AUTHENTICATE: SendRequest = (client, replica, token) =>
  client.send(`${replica.url}/api/permission/authorize`, {
    method: 'POST',
    token,
    json: { items: [] },
  });

/** Involves the permission policy and the database. */
export const CATALOG: SendRequest = (client, replica, token) =>
  client.send(`${replica.url}/api/catalog/entities?limit=1`, { token });
