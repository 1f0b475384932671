import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { aPlugin } from '../../__testUtils__/keys';
import { reading } from '../../shared/restrictions/restrictions';
import {
  firstGrant,
  GrantKind,
  grantKind,
  grantKinds,
  searchPlugins,
  withGrant,
  withPermission,
} from './grants';

const NOTES = aPlugin('notes', {
  'notes.read': 'read',
  'notes.list': 'read',
  'notes.write': 'create',
  'notes.other': null,
});
const MUTE = aPlugin('mute', {});
const WRITABLE = aPlugin('drop', { 'drop.write': 'create' });

it.each<[ApiKeyAccessRestriction, GrantKind]>([
  [{ plugin: 'notes' }, 'everything'],
  [reading('notes'), 'reading'],
  [{ plugin: 'notes', permission: [] }, 'permissions'],
  [{ ...reading('notes'), permission: ['notes.read'] }, 'kept'],
  [{ plugin: 'notes', permissionAttribute: { action: ['delete'] } }, 'kept'],
])('%j is %s', (entry, kind) => {
  expect(grantKind(entry)).toBe(kind);
});

it.each([
  [NOTES, ['everything', 'reading', 'permissions']],
  [WRITABLE, ['everything', 'permissions']],
  [MUTE, ['everything']],
])('of %j there is to choose from %j', (plugin, kinds) => {
  expect(grantKinds(plugin, { plugin: plugin.pluginId })).toEqual(kinds);
});

it('offers to keep a grant that the form cannot express', () => {
  const entry: ApiKeyAccessRestriction = {
    plugin: 'notes',
    permissionAttribute: { action: ['delete'] },
  };
  expect(grantKinds(NOTES, entry)).toContain('kept');
  expect(withGrant(NOTES, entry, 'kept')).toBe(entry);
});

it.each([
  [NOTES, reading('notes')],
  [WRITABLE, { plugin: 'drop' }],
  [MUTE, { plugin: 'mute' }],
])('%j is picked as %j', (plugin, entry) => {
  expect(firstGrant(plugin)).toEqual(entry);
});

it.each<[ApiKeyAccessRestriction, string[]]>([
  [reading('notes'), ['notes.read', 'notes.list']],
  [
    { plugin: 'notes' },
    ['notes.read', 'notes.list', 'notes.write', 'notes.other'],
  ],
])('from %j on, the single permissions are %j', (entry, permission) => {
  expect(withGrant(NOTES, entry, 'permissions')).toEqual({
    plugin: 'notes',
    permission,
  });
});

it('picks permissions and puts them back', () => {
  const none = { plugin: 'notes', permission: [] };
  const one = withPermission(NOTES, none, 'notes.write', true);
  const two = withPermission(NOTES, one, 'notes.read', true);
  expect(two.permission).toEqual(['notes.read', 'notes.write']);
  expect(withPermission(NOTES, two, 'notes.read', false)).toEqual(one);
});

it.each([
  ['', ['notes', 'mute', 'drop']],
  [' MU ', ['mute']],
  ['drop.wr', ['drop']],
  ['write', ['notes', 'drop']],
  ['nothing', []],
])('a search for “%s” finds %j', (text, found) => {
  const plugins = searchPlugins([NOTES, MUTE, WRITABLE], text);
  expect(plugins.map(({ pluginId }) => pluginId)).toEqual(found);
});
