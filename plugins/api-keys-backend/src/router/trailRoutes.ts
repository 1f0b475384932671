import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { ApiKeyTrail } from '../service/ApiKeyTrail';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';
import { toEventFilter, toEventPage } from './requests';
import { sendCsv } from './sendCsv';
import { toApiKeyEvent, toApiKeyEventPage } from './toApiKey';

/** Columns of the export, in this order. Append new columns: spreadsheets refer to columns by position. */
const CSV_COLUMNS = [
  'id',
  'at',
  'category',
  'type',
  'keyId',
  'owner',
  'actor',
  'details',
] as const satisfies readonly (keyof ApiKeyEvent)[];

/** Routes for the trail of all keys, for admins and auditors. */
export function createTrailRoutes(options: {
  trail: ApiKeyTrail;
  callers: Callers;
}): ExpressRouter {
  const { trail, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('listAllEvents', async (req, res, input) => {
    const caller = await callers.reader(req);
    const { query } = input();
    const page = await trail.list(
      caller,
      toEventFilter(query),
      toEventPage(query),
    );
    res.json(toApiKeyEventPage(page));
  });

  route('exportEvents', async (req, res, input) => {
    const caller = await callers.reader(req);
    const events = await trail.export(caller, toEventFilter(input().query));
    await sendCsv(res, {
      filename: 'api-key-events.csv',
      columns: CSV_COLUMNS,
      rows: (async function* rows() {
        for await (const event of events) yield toApiKeyEvent(event);
      })(),
    });
  });

  return router;
}
