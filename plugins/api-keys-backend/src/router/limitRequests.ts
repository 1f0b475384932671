import { addressBucket, clientAddress } from 'backstage-plugin-api-keys-node';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const REQUESTS_PER_MINUTE = 60;

/** Answered as 429. */
class TooManyRequestsError extends Error {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

/** Holds up addresses that send too many requests which need no log-in, such as `revocations`. */
export function limitRequests(what: string): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: REQUESTS_PER_MINUTE,
    keyGenerator: req => addressBucket(clientAddress(req)),
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    handler: (_req, _res, next) => {
      next(new TooManyRequestsError(`Too many ${what}, try again later`));
    },
  });
}
