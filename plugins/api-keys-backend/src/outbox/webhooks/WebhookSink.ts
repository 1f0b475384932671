import { createHash } from 'node:crypto';
import { WebhookConfig } from '../../config/readWebhooks';
import { StoredKeyEvent } from '../../lifecycle/KeyEvent';
import { Delivery, EventSink } from '../EventSink';
import { toPayload } from '../toPayload';
import { signWebhook } from './signWebhook';

const TIMEOUT_MS = 10_000;
/** Failures of so many different keys in a row mean that the receiver is down. */
const FAILURES_IN_A_ROW_MAX = 3;

/** Posts each event to a URL, signed. An event that the receiver rejects delays only the later ones of its key. */
export class WebhookSink implements EventSink {
  readonly name: string;
  readonly eventTypes: readonly string[] | undefined;
  readonly #webhook: WebhookConfig;

  constructor(webhook: WebhookConfig) {
    const { url, eventTypes } = webhook;
    // The URL may hold a token, which must reach neither the database nor logs.
    const id = createHash('sha256').update(url.href).digest('hex').slice(0, 16);
    this.name = `webhook:${url.host}:${id}`;
    this.eventTypes = eventTypes;
    this.#webhook = webhook;
  }

  async deliver(
    events: readonly StoredKeyEvent[],
    { signal, done }: Delivery,
  ): Promise<undefined> {
    const errors: unknown[] = [];
    const failedKeys = new Set<string>();
    let failuresInARow = 0;
    for (const event of events) {
      if (signal.aborted || failuresInARow >= FAILURES_IN_A_ROW_MAX) break;
      if (failedKeys.has(event.keyId)) continue;
      try {
        await this.#post(event, signal);
      } catch (error) {
        errors.push(error);
        failedKeys.add(event.keyId);
        failuresInARow += 1;
        continue;
      }
      failuresInARow = 0;
      await done([event]);
    }
    if (errors.length > 0) throw errors[0];
  }

  async #post(event: StoredKeyEvent, signal: AbortSignal) {
    const { url, key } = this.#webhook;
    const body = JSON.stringify(toPayload(event));
    const id = `api-key-event-${event.id}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'backstage-plugin-api-keys',
        ...signWebhook(key, { id, body, now: Date.now() }),
      },
      body,
      // The target of a redirect may not be an allowed host.
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new Error(`${url.host} answered ${response.status}`);
    }
  }
}
