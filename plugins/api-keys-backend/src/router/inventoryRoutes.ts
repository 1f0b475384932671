import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyInventory } from '../service/ApiKeyInventory';
import { Callers } from './callers';
import { CSV_COLUMNS } from './csvColumns';
import { operationRoutes } from './operationRoutes';
import { toKeyFilter, toKeyPage } from './requests';
import { toApiKey, toApiKeyPage, toApiKeySummary } from './toApiKey';

/** Everybody's keys, for admins to look at. */
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
    res.setHeader('Content-Type', 'text/csv; charset=utf-8');
    res.setHeader('Content-Disposition', 'attachment; filename="api-keys.csv"');
    await pipeline(
      async function* rows() {
        for await (const key of keys) yield toApiKey(key, Date.now());
      },
      stringify({
        header: true,
        columns: [...CSV_COLUMNS],
        record_delimiter: 'windows',
        // Names are typed by users; a spreadsheet must not compute them.
        escape_formulas: true,
      }),
      res,
    );
  });

  route('getSummary', async (req, res, input) => {
    const caller = await callers.reader(req);
    input();
    res.json(toApiKeySummary(await inventory.summarize(caller)));
  });

  return router;
}
