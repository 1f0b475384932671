import { InputError } from '@backstage/errors';
import type { Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import {
  API_KEY_PAGE_SIZE_DEFAULT,
  ApiKeyUpcomingWarning,
  ApiKeyUpcomingWarningPage,
  toIsoDuration,
  durationLength,
} from 'backstage-plugin-api-keys-common';
import { WarningPage } from '../database/DatabaseWarnings';
import { DAY, toIsoTime } from '../lifecycle/time';
import type { Inputs } from '../openapi/generated';
import { ApiKeyWarnings } from '../service/ApiKeyWarnings';
import { Warning } from '../lifecycle/warningPlan';
import { Callers } from './callers';
import { operationRoutes } from './operationRoutes';

const WITHIN_DEFAULT = 14 * DAY;
const WITHIN_MAX = 366 * DAY;

/** Routes for the upcoming warnings, for admins. */
export function createWarningRoutes(options: {
  warnings: ApiKeyWarnings;
  callers: Callers;
}): ExpressRouter {
  const { warnings, callers } = options;
  const router = Router();
  const route = operationRoutes(router);

  route('listUpcomingWarnings', async (req, res, input) => {
    const caller = await callers.reader(req);
    const page = await warnings.list(caller, toWarningPage(input().query));
    res.json(toUpcomingWarningPage(page));
  });

  return router;
}

/** @throws InputError for a time too far ahead */
function toWarningPage(query: Inputs['listUpcomingWarnings']['query']) {
  const { limit = API_KEY_PAGE_SIZE_DEFAULT, cursor } = query;
  const within =
    query.within === undefined ? WITHIN_DEFAULT : durationLength(query.within);
  if (within > WITHIN_MAX) {
    throw new InputError('within: must be P366D at most');
  }
  return { within, limit, cursor };
}

function toUpcomingWarningPage(page: WarningPage): ApiKeyUpcomingWarningPage {
  const { items, totalItems, totalIsCapped, nextCursor } = page;
  return {
    items: items.map(toUpcomingWarning),
    totalItems,
    totalIsCapped,
    pageInfo: nextCursor === undefined ? {} : { nextCursor },
  };
}

function toUpcomingWarning(warning: Warning): ApiKeyUpcomingWarning {
  const { endsAt, dueAt, threshold, ...rest } = warning;
  return {
    ...rest,
    endsAt: toIsoTime(endsAt),
    dueAt: toIsoTime(dueAt),
    threshold: threshold > 0 ? toIsoDuration(threshold) : null,
  };
}
