import { Portal } from '../src/Portal';
import { expect } from './fixtures';

const API = '/api/api-keys/v1';

/** Returns the Backstage token of a user who has signed in. */
export async function tokenOf(portal: Portal, user: string): Promise<string> {
  const response = await fetch(`${portal.url}/api/auth/demo/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

export async function createKey(portal: Portal, token: string, key: object) {
  const response = await fetch(`${portal.url}${API}/keys`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(key),
  });
  expect(response.status).toBe(201);
  return response.json();
}

/** Rotates a key and returns its successor. */
export async function rotateKey(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}${API}/keys/${id}/rotate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(201);
  return response.json();
}

/** Empties the list of keys, which other tests expect at their start. */
export async function revokeKey(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}${API}/keys/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(204);
}

/** Revokes all keys of a user, as other tests expect. */
export async function revokeAllKeys(portal: Portal, user: string) {
  const token = await tokenOf(portal, user);
  const response = await fetch(
    `${portal.url}${API}/keys?status=active&status=retiring&limit=200`,
    { headers: { Authorization: `Bearer ${token}` } },
  );
  const { items } = await response.json();
  for (const { id } of items) await revokeKey(portal, token, id);
}

/** Revokes many keys in one request. */
export async function requestRevocation(
  portal: Portal,
  token: string,
  keys: object,
): Promise<Response> {
  return fetch(`${portal.url}${API}/admin/revoke`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ ...keys, reason: 'admin' }),
  });
}

export async function setPolicy(
  portal: Portal,
  token: string,
  owner: string,
  override: object,
) {
  const response = await fetch(policyUrl(portal, owner), {
    method: 'PUT',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(override),
  });
  expect(response.status).toBe(200);
}

export async function removePolicy(
  portal: Portal,
  token: string,
  owner: string,
) {
  const response = await fetch(policyUrl(portal, owner), {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(204);
}

function policyUrl(portal: Portal, owner: string) {
  return `${portal.url}${API}/admin/owners/${encodeURIComponent(owner)}/policy`;
}
