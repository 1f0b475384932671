import {
  AuditorService,
  AuditorServiceCreateEventOptions,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import { redact } from '../lib/redact';

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
    const audited = await this.#auditor.createEvent(redactEvent(event));
    let result: T;
    try {
      result = await action();
    } catch (error) {
      await audited.fail({ error: redact(toError(error)) });
      throw error;
    }
    try {
      await audited.success({ meta: redact(describe(result)) });
    } catch (error) {
      // What is done is done: a secret that was made must reach its owner.
      this.#logger.error(`Could not audit ${event.eventId}`, toError(error));
    }
    return result;
  }
}

/** The URL of the request was redacted when it came in. */
function redactEvent<E extends { meta?: JsonObject }>(event: E): E {
  return { ...event, meta: redact(event.meta) };
}
