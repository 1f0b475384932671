import { InputError } from '@backstage/errors';
import {
  ApiKeyIntrospection,
  hasRequiredScopes,
} from 'backstage-plugin-api-keys-common';
import { VerifiedApiKey } from 'backstage-plugin-api-keys-node';
import { parseAddress } from 'backstage-plugin-api-keys-node/internal';
import express, { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { Introspection } from '../service/Introspection';
import { Callers } from './callers';
import { BODY_LIMIT } from './limits';
import { operationRoutes } from './operationRoutes';

const PARAMETERS = ['token', 'token_type_hint', 'client_ip'];

/** Token introspection (RFC 7662). The secret in the body is data, not a credential: the caller needs credentials of its own. */
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
 * Enforces RFC 6749 §3.2. The message omits unknown names, which may be secrets.
 *
 * @throws InputError for a repeated parameter
 */
function requireEachOnce(form: Record<string, unknown>) {
  const twice = Object.keys(form).find(name => Array.isArray(form[name]));
  if (twice === undefined) return;
  const name = PARAMETERS.includes(twice) ? twice : 'each parameter';
  throw new InputError(`${name}: must be given once`);
}

/** Returns nothing but `active` for a key that is not accepted, as RFC 7662 §2.2 requires. */
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

/** Returns a `NumericDate` (RFC 7519 §2). */
function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
