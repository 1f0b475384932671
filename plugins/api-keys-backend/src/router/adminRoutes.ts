import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { JsonObject } from '@backstage/types';
import { Audit } from '../observability/audit/Audit';
import { auditDetails } from '../observability/audit/auditDetails';
import { ApiKeyAdministration } from '../service/ApiKeyAdministration';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toKeyId, toOwner, toRevocation, toTransfer } from './requests';
import { toAlsoRevoked, toApiKey } from './toApiKey';

/** Routes with which admins change the keys of all owners. */
export function createAdminRoutes(options: {
  administration: ApiKeyAdministration;
  callers: Callers;
  audit: Audit;
}): ExpressRouter {
  const { administration, callers, audit } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('lookUpSecret', async (req, res, input) => {
    const key = await audit.request(
      req,
      { eventId: 'key-lookup', severityLevel: 'medium' },
      async () => {
        const caller = await callers.reader(req);
        return administration.lookUp(caller, input().body.token);
      },
      auditDetails,
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('revokeKeys', async (req, res, input) => {
    const result = await audit.request(
      req,
      { eventId: 'keys-revoke', severityLevel: 'high' },
      async () => {
        const caller = await callers.manager(req);
        return administration.revoke(caller, toRevocation(input()));
      },
      ({ matched, revoked, alsoRevoked }) => ({
        ...{ matched, revoked },
        alsoRevoked: alsoRevoked.totalItems,
      }),
    );
    const { alsoRevoked, ...counts } = result;
    res.json({ ...counts, alsoRevoked: toAlsoRevoked(alsoRevoked) });
  });

  route('transferKeys', async (req, res, input) => {
    const result = await audit.request(
      req,
      { eventId: 'keys-transfer', severityLevel: 'high' },
      async () => {
        const caller = await callers.manager(req);
        const transfer = toTransfer(input());
        const outcome = await administration.transfer(caller, transfer);
        return { ...outcome, owner: transfer.owner };
      },
      ({ owner, matched, transferred }) => ({ owner, matched, transferred }),
    );
    const { matched, transferred, refused } = result;
    res.json({ matched, transferred, refused });
  });

  route('setKeyExpiry', async (req, res, input) => {
    const key = await audit.request(
      req,
      { eventId: 'key-expiry-set', severityLevel: 'high' },
      async () => {
        const caller = await callers.manager(req);
        const { path, body } = input();
        const { expiresAt } = body;
        return administration.setExpiry(caller, toKeyId(path), expiresAt);
      },
      auditDetails,
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('listOwnerPolicies', async (req, res, input) => {
    const caller = await callers.reader(req);
    input();
    res.json(await administration.listOwnerPolicies(caller));
  });

  route('getOwnerPolicy', async (req, res, input) => {
    const caller = await callers.reader(req);
    const owner = toOwner(input().path);
    res.json(await administration.getOwnerPolicy(caller, owner));
  });

  route('setOwnerPolicy', async (req, res, input) => {
    const policy = await audit.request(
      req,
      { eventId: 'owner-policy-set', severityLevel: 'high' },
      async () => {
        const caller = await callers.manager(req);
        const { path, body } = input();
        return administration.setOwnerPolicy(caller, toOwner(path), body);
      },
      ({ owner, override }) => ({ owner, override: override as JsonObject }),
    );
    res.json(policy);
  });

  route('removeOwnerPolicy', async (req, res, input) => {
    await audit.request(
      req,
      { eventId: 'owner-policy-remove', severityLevel: 'high' },
      async () => {
        const caller = await callers.manager(req);
        const owner = toOwner(input().path);
        await administration.removeOwnerPolicy(caller, owner);
        return owner;
      },
      owner => ({ owner }),
    );
    res.status(204).end();
  });

  return router;
}
