import {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import { withTimeout } from 'backstage-plugin-api-keys-node';
import { redact } from '../lib/redact';

/**
 * Events of what is done even if the auditor fails. A key that has leaked has to end; who ended it is in the plugin's own trail.
 */
const DONE_UNAUDITED = ['key-revoke', 'keys-revoke'];

/** Whoever waits for a change does not wait for longer than that for the auditor. */
const AUDITOR_TIMEOUT_MS = 3000;

/** An event by name, and how much it matters. */
type AuditEvent = Pick<
  AuditorServiceCreateEventOptions,
  'eventId' | 'severityLevel'
> & { meta?: JsonObject };

/**
 * Tells Backstage's auditor what happens to keys, for whoever collects the audit log of the whole portal. The plugin's own
 * trail (`api_key_events`) is written by the database layer, in the transaction of each change.
 *
 * Secrets in what it is given are redacted.
 */
export class Audit {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /**
   * Does what a caller asks for, and tells whether it came about.
   *
   * @param req - must carry credentials that are good, or none: the auditor resolves them, and throws for bad ones
   * @param describe - what to add of the result
   */
  async request<T>(
    req: Request,
    event: AuditEvent,
    action: () => Promise<T>,
    describe?: (result: T) => JsonObject,
  ): Promise<T> {
    return this.#audited({ ...event, request: req }, action, describe);
  }

  /**
   * Does what a caller asks for without a request that the auditor could resolve, and tells whether it came about. Who calls
   * has to be in the event's `meta`.
   */
  async action<T>(
    event: AuditEvent,
    action: () => Promise<T>,
    describe?: (result: T) => JsonObject,
  ): Promise<T> {
    return this.#audited(event, action, describe);
  }

  /** Tells what happened without a caller whom the auditor could resolve. Never in the way of what goes on. */
  tell(event: AuditEvent): void {
    this.#auditor
      .createEvent(redactEvent(event))
      .then(audited => audited.success())
      .catch(error => {
        this.#logger.error(`Could not audit ${event.eventId}`, error);
      });
  }

  async #audited<T>(
    event: AuditorServiceCreateEventOptions,
    action: () => Promise<T>,
    describe: (result: T) => JsonObject = () => ({}),
  ): Promise<T> {
    const audited = await this.#begin(event);
    let result: T;
    try {
      result = await action();
    } catch (error) {
      await this.#end(event, () =>
        audited?.fail({ error: redact(toError(error)) }),
      );
      throw error;
    }
    // What is done is done: a secret that was made must reach its owner.
    await this.#end(event, () =>
      audited?.success({ meta: redact(describe(result)) }),
    );
    return result;
  }

  /**
   * @returns undefined for what is done unaudited
   * @throws ServiceUnavailableError if the auditor fails
   */
  async #begin(
    event: AuditorServiceCreateEventOptions,
  ): Promise<AuditorServiceEvent | undefined> {
    try {
      return await inTime(this.#auditor.createEvent(redactEvent(event)));
    } catch (thrown) {
      const error = toError(thrown);
      if (DONE_UNAUDITED.includes(event.eventId)) {
        this.#logger.error(`Could not audit ${event.eventId}`, error);
        return undefined;
      }
      // Whoever has no good credentials hears that instead.
      if (event.request && error.name !== 'Error') throw error;
      this.#logger.error(`Could not audit ${event.eventId}`, error);
      throw new ServiceUnavailableError(
        'The audit log cannot be written right now, try again shortly',
      );
    }
  }

  async #end(
    { eventId }: AuditorServiceCreateEventOptions,
    tell: () => Promise<void> | undefined,
  ) {
    try {
      await inTime(Promise.resolve(tell()));
    } catch (error) {
      this.#logger.error(`Could not audit ${eventId}`, toError(error));
    }
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return withTimeout(answer, AUDITOR_TIMEOUT_MS);
}

/** The URL of the request was redacted when it came in. */
function redactEvent<E extends { meta?: JsonObject }>(event: E): E {
  return { ...event, meta: redact(event.meta) };
}
