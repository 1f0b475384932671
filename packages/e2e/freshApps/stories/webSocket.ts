import { expect } from '../../tests/browser';
import { asGuest } from './guest';
import type { Story } from './Story';

const TIMEOUT_MS = 15_000;

/** Connects to Backstage's signals as its frontend does, with a key instead of the user's token. */
async function connect(backendUrl: string, secret: string) {
  const url = `${backendUrl.replace('http', 'ws')}/api/signals`;
  const socket = new WebSocket(url, secret);
  const opened = await new Promise<boolean>(resolve => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
    setTimeout(() => resolve(false), TIMEOUT_MS).unref();
  });
  return { socket, opened };
}

function nextMessage(socket: WebSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => resolve(String(data)));
    socket.addEventListener('close', () => reject(new Error('It was closed')));
    setTimeout(
      () => reject(new Error('There was no message')),
      TIMEOUT_MS,
    ).unref();
  });
}

/**
 * A key opens a WebSocket and receives its owner's signals until it is revoked. A key restricted to another plugin
 * opens none.
 */
export const webSocket: Story = async ({ portal: { backendUrl } }) => {
  const { secret, key } = await asGuest(backendUrl, '/keys', {
    method: 'POST',
    body: { name: 'Listens' },
  });
  // Before 1.57, the plugin listens for WebSockets only after its first request.
  await fetch(`${backendUrl}/api/signals/health`);
  const { socket, opened } = await connect(backendUrl, secret);
  expect(opened).toBe(true);
  const message = nextMessage(socket);
  socket.send(JSON.stringify({ action: 'subscribe', channel: 'api-keys' }));
  await asGuest(backendUrl, '/keys', {
    method: 'POST',
    body: { name: 'Triggers a signal' },
  });
  expect(JSON.parse(await message)).toMatchObject({
    channel: 'api-keys',
    message: { action: 'keys-changed' },
  });
  socket.close();

  const foreign = await asGuest(backendUrl, '/keys', {
    method: 'POST',
    body: {
      name: 'Is for the catalog',
      accessRestrictions: [{ plugin: 'catalog' }],
    },
  });
  await asGuest(backendUrl, `/keys/${key.id}`, { method: 'DELETE' });
  for (const refused of [foreign.secret, secret]) {
    const attempt = await connect(backendUrl, refused);
    attempt.socket.close();
    expect(attempt.opened).toBe(false);
  }
};
