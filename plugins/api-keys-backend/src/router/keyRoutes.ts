import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { Audit } from '../observability/audit/Audit';
import {
  auditDetails,
  auditRevocation,
} from '../observability/audit/auditDetails';
import { ApiKeyService } from '../service/ApiKeyService';
import { KeyChecks } from '../service/KeyChecks';
import { KeyLookup } from '../service/KeyLookup';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import {
  toEventPage,
  toKeyFilter,
  toKeyId,
  toKeyIds,
  toKeyPage,
  toKeyUpdate,
  toNewKey,
  toOwner,
} from './requests';
import {
  toAlsoRevoked,
  toApiKey,
  toApiKeyEventPage,
  toApiKeyPage,
  toApiKeysUsage,
  toApiKeyUsage,
  toCreatedApiKey,
} from './toApiKey';

const USAGE_DAYS_DEFAULT = 30;

/** Routes with which users manage their own keys. */
export function createKeyRoutes(options: {
  service: ApiKeyService;
  callers: Callers;
  checks: KeyChecks;
  lookup: KeyLookup;
  audit: Audit;
}): ExpressRouter {
  const { service, callers, checks, lookup, audit } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('getPolicy', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { owner } = input().query;
    res.json(await service.getPolicy(caller, owner && toOwner({ owner })));
  });

  route('listKeys', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { query } = input();
    const found = await service.list(
      caller,
      toKeyFilter(query),
      toKeyPage(query),
    );
    res.json(toApiKeyPage(found, Date.now()));
  });

  route('createKey', async (req, res, input) => {
    const issued = await audit.request(
      req,
      { eventId: 'key-create', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        return service.create(caller, toNewKey(input()));
      },
      ({ key }) => auditDetails(key),
    );
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('lookUpKey', async (req, res, input) => {
    const key = await audit.request(
      req,
      { eventId: 'key-lookup', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        return lookup.lookUp(caller, input().body.token);
      },
      auditDetails,
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('getKey', async (req, res, input) => {
    const caller = await callers.reader(req);
    const key = await service.get(caller, toKeyId(input().path));
    res.json(toApiKey(key, Date.now()));
  });

  route('checkKey', async (req, res, input) => {
    // Not for a key: its own restrictions would affect the permission policy.
    const caller = await callers.manager(req);
    const { path, body } = input();
    res.json(await checks.check(caller, toKeyId(path), body));
  });

  route('listKeyEvents', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { path, query } = input();
    const page = await service.listEvents(
      caller,
      toKeyId(path),
      toEventPage(query),
    );
    res.json(toApiKeyEventPage(page));
  });

  route('getKeyUsage', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { path, query } = input();
    const { days = USAGE_DAYS_DEFAULT } = query;
    const usage = await service.getUsage(caller, toKeyId(path), days);
    res.json(toApiKeyUsage(usage));
  });

  route('listUsage', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { days = USAGE_DAYS_DEFAULT, keyId } = input().query;
    const usage = await service.listUsage(caller, toKeyIds(keyId), days);
    res.json(toApiKeysUsage(usage));
  });

  route('updateKey', async (req, res, input) => {
    const key = await audit.request(
      req,
      { eventId: 'key-update', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        const request = input();
        const id = toKeyId(request.path);
        return service.update(caller, id, toKeyUpdate(request));
      },
      auditDetails,
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('rotateKey', async (req, res, input) => {
    const issued = await audit.request(
      req,
      { eventId: 'key-rotate', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        const { path, body } = input();
        const rotation = { ...body, rotatedBy: 'owner' as const };
        return service.rotate(caller, toKeyId(path), rotation);
      },
      ({ key }) => auditDetails(key),
    );
    res.status(201).json(toCreatedApiKey(issued, Date.now()));
  });

  route('keepKeyAlive', async (req, res, input) => {
    const key = await audit.request(
      req,
      { eventId: 'key-keep-alive', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        return service.keepAlive(caller, toKeyId(input().path));
      },
      auditDetails,
    );
    res.json(toApiKey(key, Date.now()));
  });

  route('previewRevocation', async (req, res, input) => {
    const caller = await callers.reader(req);
    const id = toKeyId(input().path);
    const also = await service.previewRevocation(caller, id);
    res.json({ alsoRevoked: toAlsoRevoked(also) });
  });

  route('revokeKey', async (req, res, input) => {
    await audit.request(
      req,
      { eventId: 'key-revoke', severityLevel: 'medium' },
      async () => {
        const caller = await callers.manager(req);
        return service.revoke(caller, toKeyId(input().path));
      },
      auditRevocation,
    );
    res.status(204).end();
  });

  return router;
}
