import type { Attempt, Client } from '../../src/Client';
import type { Replica } from '../../src/Replicas';

export const KEYS = '/api/api-keys/v1/keys';

export type Ask = (
  client: Client,
  replica: Replica,
  secret: string,
) => Promise<Attempt>;

/** Asks for no permission at all: the answer depends on nothing but whether the key is accepted. */
export const AUTHENTICATE: Ask = (client, replica, token) =>
  client.send(`${replica.url}/api/permission/authorize`, {
    method: 'POST',
    token,
    json: { items: [] },
  });

/** Goes through a permission policy and the database. */
export const CATALOG: Ask = (client, replica, token) =>
  client.send(`${replica.url}/api/catalog/entities?limit=1`, { token });
