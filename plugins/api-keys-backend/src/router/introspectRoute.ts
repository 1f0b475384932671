import { InputError } from '@backstage/errors';
import {
  ApiKeyIntrospection,
  hasRequiredScopes,
} from 'backstage-plugin-api-keys-common';
import { parseAddress, VerifiedApiKey } from 'backstage-plugin-api-keys-node';
import express, { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { Introspection } from '../service/Introspection';
import { Callers } from './callers';
import { BODY_LIMIT } from './limits';
import { operationRoutes } from './operationRoutes';

const PARAMETERS = ['token', 'token_type_hint', 'client_ip'];

/**
 * Token introspection (RFC 7662). What is asked about is in the body, and nothing there is a credential: whoever asks has one of
 * their own.
 */
export function createIntrospectRoute(options: {
  callers: Callers;
  introspection: Introspection;
}): ExpressRouter {
  const { callers, introspection } = options;
  const router = Router();
  const route = operationRoutes(router);

  route(
    'introspectSecret',
    async (req, res, input) => {
      await introspection.requirePermitted(await callers.userOrService(req));
      requireEachOnce(req.body);
      const { token, client_ip: address } = input().body;
      const used = await introspection.use(token, parseAddress(address));
      res.json(toIntrospection(used));
    },
    [express.urlencoded({ extended: false, limit: BODY_LIMIT })],
  );
  return router;
}

/**
 * As RFC 6749 §3.2 has it. A name that means nothing here is not repeated: it may be a secret.
 *
 * @throws InputError for a parameter that is there twice
 */
function requireEachOnce(form: Record<string, unknown>) {
  const twice = Object.keys(form).find(name => Array.isArray(form[name]));
  if (twice === undefined) return;
  const name = PARAMETERS.includes(twice) ? twice : 'each parameter';
  throw new InputError(`${name}: must be given once`);
}

/** RFC 7662 §2.2: of a key that is not accepted, there is nothing to say. */
function toIntrospection(key: VerifiedApiKey | undefined): ApiKeyIntrospection {
  if (!key) return { active: false };
  const { scopes = [] } = key;
  return {
    active: true,
    sub: key.subject,
    username: key.subject,
    client_id: key.id,
    owner: key.owner,
    iat: toSeconds(key.issuedAt),
    ...(key.endsAt !== undefined && { exp: toSeconds(key.endsAt) }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(!hasRequiredScopes(key, []) && { restricted: true }),
    token_type: 'Bearer',
  };
}

/** RFC 7519 §2, `NumericDate`. */
function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
