import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import {
  Grant,
  grantOf,
  grantsOf,
  reading,
  RightsSentence,
  rightsSentence,
  sameRestrictions,
} from './restrictions';

type Entry = ApiKeyAccessRestriction;

describe('grantOf', () => {
  it.each<[Entry, Grant]>([
    [{ plugin: 'a' }, { plugin: 'a', kind: 'everything' }],
    [reading('a'), { plugin: 'a', kind: 'reading' }],
    [
      { plugin: 'a', permissionAttribute: { action: ['read', 'update'] } },
      { plugin: 'a', kind: 'actions', actions: ['read', 'update'] },
    ],
    [
      { plugin: 'a', permission: ['x', 'y'] },
      { plugin: 'a', kind: 'permissions', permissions: ['x', 'y'] },
    ],
    [
      { ...reading('a'), permission: ['x'] },
      {
        plugin: 'a',
        kind: 'permissions',
        permissions: ['x'],
        actions: ['read'],
      },
    ],
    [
      { plugin: 'a', permissionAttribute: { action: [] } },
      { plugin: 'a', kind: 'actions', actions: [] },
    ],
  ])('%j is %j', (entry, grant) => {
    expect(grantOf(entry)).toEqual(grant);
  });
});

describe('grantsOf', () => {
  it.each<[Entry[] | null, string[], Grant[]]>([
    [null, [], []],
    [null, ['b'], [{ plugin: 'b', kind: 'forbidden' }]],
    [[], ['b'], []],
    [
      [{ plugin: 'a' }, reading('b')],
      ['b', 'c'],
      [
        { plugin: 'a', kind: 'everything' },
        { plugin: 'b', kind: 'forbidden' },
      ],
    ],
  ])('%j without %j comes to %j', (restrictions, forbidden, grants) => {
    expect(grantsOf(restrictions, forbidden)).toEqual(grants);
  });
});

describe('rightsSentence', () => {
  it.each<[Entry[] | null, string[], RightsSentence]>([
    [null, [], { kind: 'everything', except: [] }],
    [null, ['b'], { kind: 'everything', except: ['b'] }],
    [[], [], { kind: 'nothing' }],
    [[{ plugin: 'b' }], ['b'], { kind: 'nothing' }],
    [
      [reading('c'), { plugin: 'a' }, reading('d'), { plugin: 'b' }],
      [],
      {
        kind: 'only',
        parts: [
          { kind: 'everything', plugins: ['a', 'b'] },
          { kind: 'reading', plugins: ['c', 'd'] },
        ],
      },
    ],
    [
      [
        { plugin: 'a', permission: ['x', 'y'] },
        { plugin: 'b', permissionAttribute: { action: ['delete'] } },
        reading('c'),
      ],
      ['d'],
      {
        kind: 'only',
        parts: [
          { kind: 'reading', plugins: ['c'] },
          { kind: 'permissions', plugin: 'a', count: 2 },
          { kind: 'actions', plugin: 'b', actions: ['delete'] },
        ],
      },
    ],
  ])('of %j without %j is %j', (restrictions, forbidden, sentence) => {
    expect(rightsSentence(restrictions, forbidden)).toEqual(sentence);
  });
});

describe('sameRestrictions', () => {
  it.each<[Entry[] | null, Entry[] | null, boolean]>([
    [null, null, true],
    [null, [], false],
    [[reading('a'), { plugin: 'b' }], [{ plugin: 'b' }, reading('a')], true],
    [
      [{ plugin: 'a', permission: ['x', 'y'] }],
      [{ plugin: 'a', permission: ['y', 'x'] }],
      true,
    ],
    [[{ plugin: 'a', permission: ['x'] }], [{ plugin: 'a' }], false],
    [[reading('a')], [{ plugin: 'a', permission: ['read'] }], false],
    [[{ plugin: 'a' }], [{ plugin: 'a' }, { plugin: 'b' }], false],
  ])('%j and %j: %s', (one, other, same) => {
    expect(sameRestrictions(one, other)).toBe(same);
    expect(sameRestrictions(other, one)).toBe(same);
  });
});
