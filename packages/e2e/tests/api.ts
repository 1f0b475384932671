import { Portal } from '../src/Portal';
import { expect } from './fixtures';

const API = '/api/api-keys/v1';

/** The Backstage token of somebody who has signed in. */
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

/** Replaces a key, and answers with its successor. */
export async function rotateKey(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}${API}/keys/${id}/rotate`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(201);
  return response.json();
}

/** Other stories start with a list of keys that is empty. */
export async function revokeKey(portal: Portal, token: string, id: string) {
  const response = await fetch(`${portal.url}${API}/keys/${id}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(204);
}
