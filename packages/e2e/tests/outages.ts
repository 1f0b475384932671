import { Page, Route } from '@playwright/test';

export const AUTHORIZE = '**/api/permission/authorize';
export const API = '**/api/api-keys/**';

type Answer = (route: Route) => unknown;

const answerWith =
  (status: number, contentType: string, body: string): Answer =>
  route =>
    route.fulfill({ status, contentType, body });

const JSON_TYPE = 'application/json';

/** Ways in which a request can fail. */
export const OUTAGES: Record<string, Answer> = {
  fails: answerWith(500, JSON_TYPE, '{"error":{"name":"Error","message":"x"}}'),
  'is blocked': route => route.abort(),
  'fails with HTML': answerWith(502, 'text/html', '<h1>Bad gateway</h1>'),
  'answers with HTML': answerWith(200, 'text/html', '<h1>Sign in</h1>'),
  'answers with {}': answerWith(200, JSON_TYPE, '{}'),
  'answers with null': answerWith(200, JSON_TYPE, 'null'),
  'answers with nothing': answerWith(200, JSON_TYPE, ''),
  'answers with wrong types': answerWith(
    200,
    JSON_TYPE,
    '{"items":[{"id":1}],"totalItems":"x","pageInfo":[],"byStatus":7}',
  ),
};

/** Never answers. */
export const hang: Answer = () => {};

/** Collects uncaught errors, which would blank the page or show the app's error page. */
export function uncaughtIn(page: Page): Error[] {
  const errors: Error[] = [];
  page.on('pageerror', error => errors.push(error));
  return errors;
}
