import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { RequestUse } from '../request/requestUse';
import { PermissionChecks } from '../restrictions/guarded/PermissionChecks';
import { VerifiedApiKey } from '../verification/types';
import { explainDenial } from './explainDenial';

const ADA = 'user:default/ada';
const SENTENCE = `The API key acts as ${ADA}, who is not allowed to do this`;

const checks = new PermissionChecks();

const request = (use: Partial<RequestUse>): RequestUse => ({
  isAboutItself: false,
  route: { method: 'GET', path: '/' },
  recorded: false,
  restricted: false,
  explained: false,
  ...use,
});

const explain = (error: unknown, use: Partial<RequestUse>) =>
  explainDenial(error, 'catalog', request(use), checks);

const withKey = { key: { subject: ADA } as VerifiedApiKey };

describe('a denial without a message', () => {
  it('says whom a key acts as', () => {
    expect(explain(new NotAllowedError(), withKey)).toEqual(
      new NotAllowedError(SENTENCE),
    );
  });

  it('says so where a plugin calls for a key', () => {
    const call = {
      token: 'token',
      caller: 'plugin:mcp-actions',
      binding: { id: 'id', subject: ADA, ownershipEntityRefs: [ADA] },
    };
    expect(explain(new NotAllowedError(), { call })).toEqual(
      new NotAllowedError(SENTENCE),
    );
  });

  it('names the permissions that a limited key is not for, and no other request’s', () => {
    const shared = { principal: {} } as BackstageCredentials;
    const { credentials } = checks.start(shared);
    const other = checks.start(shared);
    checks.note(credentials, 'catalog.entity.delete', false);
    checks.note(other.credentials, 'catalog.entity.create', false);
    const limited = {
      access: 'guarded' as const,
      onDenied: () => {},
      credentials,
    };
    expect(explain(new NotAllowedError(), { ...withKey, limited })).toEqual(
      new NotAllowedError(
        "The API key may be used for the plugin 'catalog', but not for 'catalog.entity.delete', which this route asks for",
      ),
    );
  });

  it('stays as it is without a key', () => {
    const error = new NotAllowedError();
    expect(explain(error, {})).toBe(error);
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
