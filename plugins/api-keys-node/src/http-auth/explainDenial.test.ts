import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { IncomingMessage } from 'node:http';
import { KeyAuthentication } from '../authenticator/types';
import { PermissionChecks } from '../restrictions/guarded/PermissionChecks';
import { explainDenial } from './explainDenial';

const ADA = 'user:default/ada';
const SENTENCE = `The API key acts as ${ADA}, who is not allowed to do this`;

const checks = new PermissionChecks();

const explain = (
  error: unknown,
  authentication: KeyAuthentication | undefined,
  denied: readonly string[] = [],
) => explainDenial(error, 'catalog', authentication, denied);

const authentication = (
  source: KeyAuthentication['source'],
): KeyAuthentication =>
  ({ source, key: { subject: ADA } } as KeyAuthentication);
const withKey = authentication('secret');

describe('a denial without a message', () => {
  it('names the subject that a key acts as', () => {
    expect(explain(new NotAllowedError(), withKey)).toEqual(
      new NotAllowedError(SENTENCE),
    );
  });

  it('names it when a plugin calls on behalf of a key', () => {
    expect(explain(new NotAllowedError(), authentication('call'))).toEqual(
      new NotAllowedError(SENTENCE),
    );
  });

  it('names the permissions that a limited key lacks, and none of other requests', () => {
    const shared = { principal: {} } as BackstageCredentials;
    const [req, otherReq] = [{}, {}] as IncomingMessage[];
    const { credentials } = checks.start(req, shared);
    const other = checks.start(otherReq, shared);
    checks.note(credentials, 'catalog.entity.delete', false);
    checks.note(other.credentials, 'catalog.entity.create', false);
    expect(
      explain(new NotAllowedError(), withKey, checks.deniedIn(req)),
    ).toEqual(
      new NotAllowedError(
        "The API key may be used for the plugin 'catalog', but not for 'catalog.entity.delete', which this route asks for",
      ),
    );
  });

  it('stays as it is without a key', () => {
    const error = new NotAllowedError();
    expect(explain(error, undefined)).toBe(error);
  });
});

it.each([
  new NotAllowedError('Only admins may do this'),
  new InputError(''),
  new Error(''),
  'text',
  undefined,
])('leaves %p as it is', error => {
  expect(explain(error, withKey)).toBe(error);
});
