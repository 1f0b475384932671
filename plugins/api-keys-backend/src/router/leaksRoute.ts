import { hash } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import express, { RequestHandler, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { redactSecrets } from 'backstage-plugin-api-keys-node/internal';
import { LeaksConfig } from '../config';
import { LeakReporters } from '../leaks/LeakReporters';
import { toLeakReport } from '../leaks/toLeakReport';
import { LeakReport } from '../lifecycle/LeakReport';
import { SecretOperations } from '../service/SecretOperations';
import { LEAKS_BODY_LIMIT } from './limits';
import { limitRequests } from './limitRequests';
import { operationRoutes } from './operationRoutes';

/** Dependencies of leak reports. */
export type LeakReporting = {
  senders: Pick<LeakReporters, 'whoSigned'>;
  action: LeaksConfig['action'];
};

/**
 * Receives reports of secret scanners: those of GitHub, in the format of its partner program, and those of others in the same
 * format.
 *
 * Must come before parsers of bodies: the signature covers the bytes of the body, which are not parsed until it is verified.
 *
 * @param options - without `leaks`, the route answers 404
 */
export function createLeaksRoute(options: {
  leaks?: LeakReporting;
  secretOperations: SecretOperations;
  logger: LoggerService;
}): ExpressRouter {
  const { leaks, secretOperations, logger } = options;
  const router = Router();
  const route = operationRoutes(router);

  const isOfKey = (secret: string, find: LeakReport) =>
    leaks?.action === 'report'
      ? secretOperations.reportLeak(secret, find)
      : secretOperations.revokeLeaked(secret, find);

  route(
    'reportLeaks',
    async (_req, res, input) => {
      const { body } = input();
      const answers = [];
      try {
        for (const told of body) {
          const find = toLeakReport(res.locals.sender, told);
          const isReal = await isOfKey(told.token, find);
          answers.push(answerTo(told, isReal));
        }
      } catch (error) {
        // A repeated report does not repeat changes that were made.
        logger.error('Could not act on a leak report', toError(error));
        throw new ServiceUnavailableError(
          'The report could not be acted on right now, send it again shortly',
        );
      }
      res.json(answers);
    },
    [
      isOn(leaks),
      limitRequests('leak reports'),
      express.raw({
        type: () => true,
        limit: LEAKS_BODY_LIMIT,
        // The signature covers the bytes as they are sent.
        inflate: false,
      }),
      ...(leaks ? [requireSignature(leaks.senders)] : []),
    ],
  );
  return router;
}

/** Returns a digest instead of the secret, since answers may end up in logs. */
function answerTo(
  { token, type }: { token: string; type?: string | null },
  isReal: boolean,
) {
  return {
    token_hash: hash('sha256', token, 'hex'),
    ...(typeof type === 'string' && { token_type: redactSecrets(type) }),
    label: isReal ? 'true_positive' : 'false_positive',
  };
}

function isOn(leaks: LeakReporting | undefined): RequestHandler {
  return (_req, _res, next) =>
    next(
      leaks ? undefined : new NotFoundError('There is nothing at this path'),
    );
}

/** Sets `res.locals.sender` to the sender of a valid signature, and replaces the raw body with the parsed one. */
function requireSignature(senders: LeakReporting['senders']): RequestHandler {
  return (req, res, next) => {
    // Express sets an empty object if there is no body.
    const raw = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
    senders
      .whoSigned(req.headers, raw)
      .then(sender => {
        res.locals.sender = sender;
        req.body = parse(raw);
        next();
      })
      .catch(next);
  };
}

/** @throws InputError that quotes nothing of the body */
function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    throw new InputError('The body is not valid JSON');
  }
}
