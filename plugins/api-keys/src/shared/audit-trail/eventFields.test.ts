import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { anEvent } from '../../__testUtils__/events';
import { authorOf, eventDetails, nameIn } from './eventFields';

describe('eventDetails', () => {
  it('formats known fields in their order', () => {
    expect(eventDetails({ name: 'ci', expiresAt: null })).toEqual([
      { field: 'name', known: { field: 'name', kind: 'text' }, value: 'ci' },
      {
        field: 'expiresAt',
        known: { field: 'expiresAt', kind: 'time' },
        value: null,
      },
    ]);
  });

  it.each([
    ['networks', { allowedIps: ['10.0.0.0/8', '::1/128'] }],
    ['plugins', { forbiddenPlugins: ['search'] }],
    ['scopes', { scopes: ['reports:read', 'deploy'] }],
  ])('lists %s', (_, details) => {
    const [[field, values]] = Object.entries(details);
    expect(eventDetails(details)).toEqual([
      { field, known: { field, kind: 'list' }, value: values.join(', ') },
    ]);
  });

  it('formats access restrictions', () => {
    const accessRestrictions = [
      { plugin: 'catalog', permissionAttribute: { action: ['read'] } },
      { plugin: 'search', permission: ['a'] },
    ];
    expect(eventDetails({ accessRestrictions })).toEqual([
      expect.objectContaining({
        known: { field: 'accessRestrictions', kind: 'restrictions' },
        restrictions: accessRestrictions,
      }),
    ]);
  });

  it.each([
    ['no list of plugins', { accessRestrictions: [{ app: 'catalog' }] }],
    [
      'no list of actions',
      { accessRestrictions: [{ plugin: 'a', permissionAttribute: {} }] },
    ],
    ['no list of networks', { allowedIps: [7] }],
  ])('leaves %s as it is', (_, details) => {
    const [[field, value]] = Object.entries(details);
    expect(eventDetails(details)).toEqual([
      { field, value: JSON.stringify(value) },
    ]);
  });

  it.each([
    ['a new field', { borrowedBy: 'linus' }, 'borrowedBy', 'linus'],
    ['a number', { uses: 3 }, 'uses', '3'],
    ['more than a text', { name: { old: 'a' } }, 'name', '{"old":"a"}'],
    ['what objects have', { constructor: 'x' }, 'constructor', 'x'],
  ])('leaves %s as it is', (_, details, field, value) => {
    expect(eventDetails(details)).toEqual([{ field, value }]);
  });
});

describe('nameIn', () => {
  it.each([
    [{ name: 'ci' }, 'ci'],
    [{}, undefined],
    [{ name: 7 }, undefined],
  ])('%j is %j', (details, name) =>
    expect(nameIn(anEvent({ details }))).toBe(name),
  );
});

describe('authorOf', () => {
  it.each<[string, Partial<ApiKeyEvent>]>([
    ['named', { type: 'refused', actor: 'user:default/ada' }],
    ['portal', { type: 'policy-applied' }],
    ['portal', { type: 'warned' }],
    ['portal', { type: 'leak-reported' }],
    ['holder', { type: 'refused' }],
    ['holder', { type: 'rotated-key-presented' }],
    ['holder', { type: 'revoked', details: { reason: 'leaked' } }],
    [
      'portal',
      {
        type: 'revoked',
        details: { reason: 'leaked', cause: 'rotated-key-reused' },
      },
    ],
    ['portal', { type: 'revoked', details: { reason: 'offboarded' } }],
    ['unknown', { type: 'borrowed' }],
  ])('is %s for %j', (author, event) => {
    expect(authorOf(anEvent({ actor: null, ...event }))).toBe(author);
  });
});
