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
import { redactSecrets } from 'backstage-plugin-api-keys-node';
import { LeaksConfig } from '../config';
import { LeakSenders } from '../leaks/LeakSenders';
import { toLeakFind } from '../leaks/toLeakFind';
import { LeakFind } from '../lifecycle/LeakFind';
import { SecretHolders } from '../service/SecretHolders';
import { LEAKS_BODY_LIMIT } from './limits';
import { limitRequests } from './limitRequests';
import { operationRoutes } from './operationRoutes';

/** What it takes to be told of leaks. */
export type LeakReports = {
  senders: Pick<LeakSenders, 'whoSigned'>;
  action: LeaksConfig['action'];
};

/**
 * Where secret scanners tell of secrets that they found: GitHub's, in the form of its partner program, and others in the same form.
 *
 * Has to come before whatever parses bodies: the signature is over the bytes of the body, and nothing is made of them before
 * it is known to be good.
 *
 * @param options - without `leaks`, there is no such route
 */
export function createLeaksRoute(options: {
  leaks?: LeakReports;
  secretHolders: SecretHolders;
  logger: LoggerService;
}): ExpressRouter {
  const { leaks, secretHolders, logger } = options;
  const router = Router();
  const route = operationRoutes(router);

  const isOfKey = (secret: string, find: LeakFind) =>
    leaks?.action === 'report'
      ? secretHolders.noteFound(secret, find)
      : secretHolders.revokeFound(secret, find);

  route(
    'reportLeaks',
    async (_req, res, input) => {
      const { body } = input();
      const answers = [];
      try {
        for (const told of body) {
          const find = toLeakFind(res.locals.sender, told);
          const isReal = await isOfKey(told.token, find);
          answers.push(answerTo(told, isReal));
        }
      } catch (error) {
        // What is done is not done again when the sender tries anew.
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
        // What is signed is what is sent.
        inflate: false,
      }),
      ...(leaks ? [requireSignature(leaks.senders)] : []),
    ],
  );
  return router;
}

/** With a digest of the secret, since answers end up in more logs than secrets should. */
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

function isOn(leaks: LeakReports | undefined): RequestHandler {
  return (_req, _res, next) =>
    next(
      leaks ? undefined : new NotFoundError('There is nothing at this path'),
    );
}

/** Puts who signed into `res.locals.sender`, and what the body says in its place. */
function requireSignature(senders: LeakReports['senders']): RequestHandler {
  return (req, res, next) => {
    // Without a body, there is an empty object.
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

/** @throws InputError without a word of what is there */
function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString());
  } catch {
    throw new InputError('The body is not valid JSON');
  }
}
