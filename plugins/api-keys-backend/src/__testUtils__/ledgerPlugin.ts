import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import type { Request } from 'express';
import Router from 'express-promise-router';

export const LEDGER_ENTRY = 'the salary of everybody';

/** Record of the writes to the ledger. */
export type Ledger = { written: string[] };

const [read, write] = (['read', 'create'] as const).map(action =>
  createPermission({ name: `ledger.entry.${action}`, attributes: { action } }),
);

/**
 * Plugin with permissions that it does not always check:
 *
 * - `GET /entries`, `POST /entries/unasked`: checks none
 * - `GET /entries/asked`, `POST /entries/asked`: checks before it responds or writes
 * - `GET /entries/late`: checks after the response has begun
 * - `GET /entries/by/<how>`: checks with credentials other than those of the request
 * - `GET /failure/<status>`: fails before it checks
 */
export const ledgerPlugin = (ledger: Ledger, pluginId = 'ledger') =>
  createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          auth: coreServices.auth,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ auth, httpAuth, httpRouter, permissions, ...deps }) {
          deps.permissionsRegistry.addPermissions([read, write]);
          const router = Router();

          const ask = async (req: Request, permission: typeof read) => {
            const credentials = await httpAuth.credentials(req);
            const [{ result }] = await permissions.authorize([{ permission }], {
              credentials,
            });
            return result === AuthorizeResult.ALLOW;
          };

          router.get('/entries', (_, res) => {
            res.json([LEDGER_ENTRY]);
          });

          router.post('/entries/unasked', (_, res) => {
            ledger.written.push('unasked');
            res.status(201).json([LEDGER_ENTRY]);
          });

          router.get('/entries/asked', async (req, res) => {
            const isAllowed = await ask(req, read);
            res.status(isAllowed ? 200 : 403).json([LEDGER_ENTRY]);
          });

          router.post('/entries/asked', async (req, res) => {
            if (await ask(req, write)) ledger.written.push('asked');
            res.status(201).json([LEDGER_ENTRY]);
          });

          router.get('/entries/late', async (req, res) => {
            res.write(LEDGER_ENTRY);
            await ask(req, read);
            res.end(LEDGER_ENTRY);
          });

          router.get('/entries/by/:how', async (req, res) => {
            const { principal } = await httpAuth.credentials(req);
            const own = await auth.getOwnServiceCredentials();
            const credentials = { own, copied: { ...own, principal } };
            await permissions
              .authorize([{ permission: read }], {
                credentials: credentials[req.params.how as 'own' | 'copied'],
              })
              .catch(() => undefined);
            res.json([LEDGER_ENTRY]);
          });

          router.all('/failure/:status', (req, res) => {
            const status = Number(req.params.status);
            res.status(status).json([LEDGER_ENTRY]);
          });

          httpRouter.use(router);
        },
      });
    },
  });
