import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { aPlugin, aPolicy } from '../../__testUtils__/keys';
import { reading } from './restrictions';
import {
  fitsRights,
  initialRights,
  offeredPresets,
  presetRestrictions,
  RightsChoice,
  matchingRights,
  RightsPreset,
  rightsError,
  toRestrictions,
  withPreset,
} from './rightsChoice';

type Held = Parameters<typeof aPolicy>[0];

const MCP = {
  plugins: [
    aPlugin('catalog', { 'catalog.entity.read': 'read' }),
    aPlugin('mcp-actions', {}),
    aPlugin('notes', { 'notes.write': 'create' }),
  ],
};

const SCOPES = {
  scopes: {
    configured: [{ name: 'deploy', title: null, description: null }],
    catalogApis: false,
  },
};

const WITHOUT_SCOPES: RightsPreset[] = ['everything', 'read', 'catalog-read'];

describe('offeredPresets', () => {
  it.each<[string, Held, RightsPreset[]]>([
    ['a portal without MCP', {}, ['everything', 'read', 'catalog-read']],
    ['one with it', MCP, ['everything', 'read', 'catalog-read', 'mcp']],
    [
      'one without a catalog',
      { plugins: [aPlugin('notes', { 'notes.read': 'read' })] },
      ['everything', 'read'],
    ],
    [
      'one where there is nothing to read',
      { plugins: [aPlugin('catalog', {}), aPlugin('mcp-actions', {})] },
      ['everything'],
    ],
    [
      'a policy that wants restrictions',
      { ...MCP, restrictions: { required: true } },
      ['read', 'catalog-read', 'mcp'],
    ],
    [
      'one that wants few plugins',
      { ...MCP, restrictions: { maxPlugins: 1 } },
      ['everything', 'read', 'catalog-read'],
    ],
    [
      'one that forbids the catalog',
      { restrictions: { forbidden: ['catalog'] } },
      ['everything', 'read'],
    ],
    [
      'one that forbids MCP',
      { ...MCP, restrictions: { forbidden: ['mcp-actions'] } },
      ['everything', 'read', 'catalog-read'],
    ],
    ['one with scopes', SCOPES, [...WITHOUT_SCOPES, 'outside']],
    [
      'one whose APIs are scopes',
      { scopes: { configured: [], catalogApis: true } },
      [...WITHOUT_SCOPES, 'outside'],
    ],
  ])('for %s', (_, held, presets) => {
    expect(offeredPresets(aPolicy(held))).toEqual(presets);
  });
});

it.each<[RightsPreset, Held, ApiKeyAccessRestriction[] | null]>([
  ['everything', {}, null],
  ['read', {}, [reading('catalog'), reading('scaffolder')]],
  [
    'read',
    { restrictions: { forbidden: ['scaffolder'] } },
    [reading('catalog')],
  ],
  ['catalog-read', {}, [reading('catalog')]],
  ['mcp', MCP, [{ plugin: 'mcp-actions' }, reading('catalog')]],
  ['outside', SCOPES, []],
])('the preset %s, where it is %j, comes to %j', (preset, held, expected) => {
  expect(presetRestrictions(preset, aPolicy(held))).toEqual(expected);
});

it.each<[Held, RightsChoice['preset']]>([
  [{}, 'everything'],
  [{ restrictions: { required: true } }, 'catalog-read'],
  [{ restrictions: { required: true }, plugins: [] }, 'choose'],
  [{ ...SCOPES, restrictions: { required: true }, plugins: [] }, 'choose'],
])('under %j a key starts with %s', (held, preset) => {
  expect(initialRights(aPolicy(held))).toEqual({ preset, chosen: [] });
});

describe('what another key is for', () => {
  it.each<[ApiKeyAccessRestriction[] | null, Held, RightsChoice, boolean]>([
    [null, {}, { preset: 'everything', chosen: [] }, false],
    [[reading('catalog')], {}, { preset: 'catalog-read', chosen: [] }, false],
    [
      [reading('scaffolder'), reading('catalog')],
      {},
      { preset: 'read', chosen: [] },
      false,
    ],
    [
      [{ plugin: 'search' }],
      {},
      { preset: 'choose', chosen: [{ plugin: 'search' }] },
      false,
    ],
    [
      [{ plugin: 'search' }, { plugin: 'gone' }],
      {},
      { preset: 'choose', chosen: [{ plugin: 'search' }] },
      true,
    ],
    [
      [{ plugin: 'search' }],
      { restrictions: { forbidden: ['search'] } },
      { preset: 'choose', chosen: [] },
      true,
    ],
    [
      null,
      { restrictions: { required: true } },
      { preset: 'catalog-read', chosen: [] },
      true,
    ],
    [[], SCOPES, { preset: 'outside', chosen: [] }, false],
    [[], {}, { preset: 'choose', chosen: [] }, true],
  ])('%j, under %j, is %j (less: %s)', (given, held, choice, stricter) => {
    expect(matchingRights(given, aPolicy(held))).toEqual({ choice, stricter });
  });
});

it.each<[RightsChoice['chosen'], number | null, string | undefined]>([
  [[], null, 'nothing'],
  [[{ plugin: 'search' }], null, undefined],
  [[{ plugin: 'search', permission: [] }], null, 'noPermissions'],
  [[{ plugin: 'search' }, { plugin: 'catalog' }], 2, undefined],
  [[{ plugin: 'search' }, { plugin: 'catalog' }], 1, 'tooMany'],
])('with %j chosen of %s at most the problem is %s', (chosen, max, problem) => {
  const policy = aPolicy({ restrictions: { maxPlugins: max } });
  expect(rightsError({ preset: 'choose', chosen }, policy)).toBe(problem);
  expect(rightsError({ preset: 'read', chosen }, policy)).toBeUndefined();
});

describe('another policy', () => {
  it.each<[RightsChoice, Held, boolean]>([
    [{ preset: 'everything', chosen: [] }, {}, true],
    [
      { preset: 'everything', chosen: [] },
      { restrictions: { required: true } },
      false,
    ],
    [{ preset: 'choose', chosen: [{ plugin: 'search' }] }, {}, true],
    [{ preset: 'outside', chosen: [] }, SCOPES, true],
    [{ preset: 'outside', chosen: [] }, {}, false],
    [
      { preset: 'choose', chosen: [{ plugin: 'search' }] },
      { restrictions: { forbidden: ['search'] } },
      false,
    ],
  ])('lets %j stand, if it is %j: %s', (choice, held, fits) => {
    expect(fitsRights(choice, aPolicy(held))).toBe(fits);
  });
});

describe('withPreset', () => {
  it('starts with the rights of the preset', () => {
    const start: RightsChoice = { preset: 'catalog-read', chosen: [] };
    const choice = withPreset(start, 'choose', aPolicy());
    expect(choice).toEqual({ preset: 'choose', chosen: [reading('catalog')] });
  });

  it('starts with nothing after everything', () => {
    const start: RightsChoice = { preset: 'everything', chosen: [] };
    expect(withPreset(start, 'choose', aPolicy()).chosen).toEqual([]);
  });

  it('keeps chosen plugins while a preset is selected', () => {
    const policy = aPolicy();
    const chosen = [{ plugin: 'search' }];
    const looked = withPreset({ preset: 'choose', chosen }, 'read', policy);
    expect(toRestrictions(looked, policy)).toEqual([
      reading('catalog'),
      reading('scaffolder'),
    ]);
    const back = withPreset(looked, 'choose', policy);
    expect(toRestrictions(back, policy)).toEqual(chosen);
  });
});
