import { ApiKeyScope, canonicalScope } from 'backstage-plugin-api-keys-common';
import {
  isOffered,
  offersScopes,
  scopesError,
  scopeTitle,
  searchScopes,
  toScope,
  withScope,
} from './scopes';

const REPORTS: ApiKeyScope = {
  name: 'reports:read',
  title: 'Reports',
  description: 'Numbers of the quarter',
};
const DEPLOY: ApiKeyScope = { name: 'Deploy', title: null, description: null };
const configured = [REPORTS, DEPLOY];

it.each([
  ['api:Default/PetStore', 'api:default/petstore'],
  ['API:default/petstore', 'api:default/petstore'],
  ['Deploy', 'Deploy'],
])('keys carry the scope %s as %s', (scope, canonical) => {
  expect(canonicalScope(scope)).toBe(canonical);
});

it.each([
  [' Deploy ', 'Deploy'],
  ['API:a/b', 'api:a/b'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), undefined],
  ['reports read', undefined],
  ['"quoted"', undefined],
  ['back\\slash', undefined],
  ['über', undefined],
  ['', undefined],
])('the text “%s” is the scope %s', (text, scope) => {
  expect(toScope(text)).toBe(scope);
});

it.each([
  [configured, false, true],
  [[], true, true],
  [[], false, false],
])('%j with APIs %s is an offer: %s', (offered, catalogApis, isOffer) => {
  expect(offersScopes({ configured: offered, catalogApis })).toBe(isOffer);
});

it.each([
  ['reports:read', false, true],
  ['deploy', true, false],
  ['api:default/petstore', true, true],
  ['api:default/petstore', false, false],
  ['api:petstore', true, false],
  ['api:default/petstore/v1', true, false],
  ['component:default/petstore', true, false],
])('%s, with APIs %s, is on offer: %s', (scope, catalogApis, isThere) => {
  expect(isOffered(scope, { configured, catalogApis })).toBe(isThere);
});

it.each([
  ['reports:read', 'Reports'],
  ['Deploy', 'Deploy'],
  ['api:default/petstore', 'Pet store'],
  ['api:default/gone', 'api:default/gone'],
])('%s is called %s', (scope, title) => {
  const apis = new Map([
    ['api:default/petstore', 'Pet store'],
    ['api:default/gone', undefined],
  ]);
  expect(scopeTitle(scope, configured, apis)).toBe(title);
});

it.each([
  [0, 'outside', 'none'],
  [1, 'outside', undefined],
  [0, 'everything', undefined],
  [50, 'read', undefined],
  [51, 'read', 'tooMany'],
] as const)('%i scopes beside %s are wrong: %s', (count, preset, problem) => {
  const scopes = Array.from({ length: count }, (_, index) => `s${index}`);
  expect(scopesError(scopes, { preset })).toBe(problem);
});

it('adds and removes a scope, without duplicates', () => {
  expect(withScope(['a'], 'b', true)).toEqual(['a', 'b']);
  expect(withScope(['a', 'b'], 'a', true)).toEqual(['b', 'a']);
  expect(withScope(['a', 'b'], 'a', false)).toEqual(['b']);
});

it.each([
  ['DEPLOY', [DEPLOY]],
  [' report', [REPORTS]],
  ['quarter', [REPORTS]],
  ['', configured],
  ['pets', []],
])('“%s” finds %j', (text, found) => {
  expect(searchScopes(configured, text)).toEqual(found);
});
