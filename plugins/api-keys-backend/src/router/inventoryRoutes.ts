import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyInventory } from '../service/ApiKeyInventory';
import { Callers } from './callers';
import { CSV_COLUMNS, toCsvKey } from './csvColumns';
import { operationRoutes } from './operationRoutes';
import { toKeyFilter, toKeyPage } from './requests';
import { sendCsv } from './sendCsv';
import { toApiKey, toApiKeyPage, toApiKeySummary } from './toApiKey';

/** Routes that list the keys of all owners, for admins. */
export function createInventoryRoutes(options: {
  inventory: ApiKeyInventory;
  callers: Callers;
}): ExpressRouter {
  const { inventory, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('listAllKeys', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { query } = input();
    const page = await inventory.list(
      caller,
      toKeyFilter(query),
      toKeyPage(query),
    );
    res.json(toApiKeyPage(page, Date.now()));
  });

  route('exportKeys', async (req, res, input) => {
    const caller = await callers.reader(req);
    const filter = toKeyFilter(input().query);
    const keys = await inventory.export(caller, filter);
    await sendCsv(res, {
      filename: 'api-keys.csv',
      columns: CSV_COLUMNS,
      rows: (async function* rows() {
        for await (const key of keys) yield toCsvKey(toApiKey(key, Date.now()));
      })(),
    });
  });

  route('getSummary', async (req, res, input) => {
    const caller = await callers.reader(req);
    input();
    res.json(toApiKeySummary(await inventory.summarize(caller)));
  });

  return router;
}
