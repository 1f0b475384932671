import {
  AuditorService,
  AuditorServiceCreateEventOptions,
  AuditorServiceEvent,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError, toError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import type { Request } from 'express';
import {
  TimeoutError,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { redact } from '../../lib/redact';

/** Events whose action goes ahead even if the auditor fails. A leaked key must end; the plugin's own trail records who ended it. */
const DONE_UNAUDITED = ['key-revoke', 'keys-revoke'];

/** Longest time that a change waits for the auditor. */
const AUDITOR_TIMEOUT_MS = 3000;

/** Name and severity of an event. */
type AuditEvent = Pick<
  AuditorServiceCreateEventOptions,
  'eventId' | 'severityLevel'
> & { meta?: JsonObject };

/**
 * Reports what happens to keys to Backstage's auditor, which writes the audit log of the whole portal. The database layer
 * writes the plugin's own trail (`api_key_events`) in the transaction of each change.
 *
 * Secrets in events are redacted.
 */
export class Audit {
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /**
   * Runs what a caller requested and audits whether it succeeded.
   *
   * @param req - must carry valid credentials, or none: the auditor resolves them, and throws for invalid ones
   * @param describe - returns what the event says about the result
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
   * Runs what a caller requested where there is no request that the auditor could resolve, and audits whether it succeeded. The
   * event's `meta` must name the caller.
   */
  async action<T>(
    event: AuditEvent,
    action: () => Promise<T>,
    describe?: (result: T) => JsonObject,
  ): Promise<T> {
    return this.#audited(event, action, describe);
  }

  /** Audits an event without a caller that the auditor could resolve. Neither waits for the auditor nor fails with it. */
  record(event: AuditEvent): void {
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
    // The change is committed, so a failing auditor must not keep a new secret from its owner.
    await this.#end(event, () =>
      audited?.success({ meta: redact(describe(result)) }),
    );
    return result;
  }

  /**
   * @returns undefined for an event in `DONE_UNAUDITED` if the auditor fails
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
      // Invalid credentials are the caller's error, not a failure of the auditor.
      const isFailure = error.name === 'Error' || error instanceof TimeoutError;
      if (event.request && !isFailure) throw error;
      this.#logger.error(`Could not audit ${event.eventId}`, error);
      throw new ServiceUnavailableError(
        'The audit log cannot be written right now, try again shortly',
      );
    }
  }

  async #end(
    { eventId }: AuditorServiceCreateEventOptions,
    write: () => Promise<void> | undefined,
  ) {
    try {
      await inTime(Promise.resolve(write()));
    } catch (error) {
      this.#logger.error(`Could not audit ${eventId}`, toError(error));
    }
  }
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return withTimeout(answer, AUDITOR_TIMEOUT_MS);
}

/** Redacts `meta` only: the URL of the request was redacted when it arrived. */
function redactEvent<E extends { meta?: JsonObject }>(event: E): E {
  return { ...event, meta: redact(event.meta) };
}
