import {
  addressBucket,
  clientAddress,
} from 'backstage-plugin-api-keys-node/internal';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

const REQUESTS_PER_MINUTE = 60;

/** Error that is answered as 429. */
class TooManyRequestsError extends Error {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

/** Limits the rate of requests that need no sign-in, such as `revocations`, per address. */
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
