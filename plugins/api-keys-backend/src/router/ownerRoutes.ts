import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { Audit } from '../observability/audit/Audit';
import { OwnerConfirmations } from '../service/OwnerConfirmations';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toOwner } from './requests';

/** Routes for the identity of owners who returned to the catalog and may be another person, and for its confirmation. */
export function createOwnerRoutes(options: {
  confirmations: OwnerConfirmations;
  callers: Callers;
  audit: Audit;
}): ExpressRouter {
  const { confirmations, callers, audit } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('listUnconfirmedOwners', async (req, res, input) => {
    const caller = await callers.reader(req);
    input();
    res.json({ items: await confirmations.list(caller) });
  });

  const confirmRoute = (
    id: 'confirmOwner' | 'confirmOwnerAsAdmin',
    confirm: OwnerConfirmations['confirm'],
  ) =>
    route(id, async (req, res, input) => {
      const result = await audit.request(
        req,
        { eventId: 'owner-confirm', severityLevel: 'high' },
        async () => {
          const caller = await callers.manager(req);
          const { path, body } = input();
          return confirm(caller, toOwner(path), body.same);
        },
        ({ owner, keys }) => ({ owner, keys }),
      );
      res.json(result);
    });

  confirmRoute('confirmOwner', (...args) => confirmations.confirm(...args));
  confirmRoute('confirmOwnerAsAdmin', (...args) =>
    confirmations.confirmAsAdmin(...args),
  );

  return router;
}
