import { createHmac } from 'node:crypto';

/**
 * Returns the headers that prove the sender of a webhook, as defined by Standard Webhooks 1.0
 * (https://www.standardwebhooks.com): an HMAC-SHA256 of `id.timestamp.body`.
 *
 * @param now - in milliseconds since 1970
 */
export function signWebhook(
  key: Buffer,
  { id, body, now }: { id: string; body: string; now: number },
): Record<string, string> {
  const timestamp = Math.floor(now / 1000);
  const signature = createHmac('sha256', key)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
