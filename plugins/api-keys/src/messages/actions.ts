/** The texts of what owners do with their keys. */
export const actionMessages = {
  action: {
    menu: 'Actions for {{name}}',
    rotate: 'Rotate…',
    duplicate: 'Duplicate…',
    edit: 'Rename…',
    'keep-alive': 'Keep alive…',
    shorten: 'Shorten expiry…',
    revoke: 'Revoke…',
  },
  alsoRevoked: {
    ends_one: 'This also ends {{count}} other key:',
    ends_other: 'This also ends {{count}} other keys:',
    done_one: '{{count}} other key has ended with it:',
    done_other: '{{count}} other keys have ended with it:',
    origin_key: '“{{name}}” (…{{hint}}), which the key made of itself {{when}}',
    origin_unknown:
      '“{{name}}” (…{{hint}}), which was made by rotation {{when}}; who did it was not recorded, so it may have been the key itself',
    origin_owner:
      '“{{name}}” (…{{hint}}) of the same rotation, which its owner made {{when}}',
    origin_family: '“{{name}}” (…{{hint}}) of the same rotation',
    andMore_one: 'and {{count}} more',
    andMore_other: 'and {{count}} more',
    unknown:
      'The keys that this key made of itself end with it. Which ones these are could not be loaded.',
  },
  rotate: {
    title: 'Rotate “{{name}}”?',
    effect:
      'This makes a new key with a new secret, of the same name and owner, which lives as long as this one was made for. Put the new secret wherever the old one is.',
    overlap: 'What happens to the old secret',
    'overlap_until-first-use':
      'Keep the old secret until the new one is first used',
    overlap_immediately: 'End the old secret now',
    endsNow: 'Everything that uses the old secret is refused with 401 at once.',
    endsWithFirstUse:
      'Everything that uses the old secret goes on working until the new one is first used.',
    endsBy:
      'Everything that uses the old secret goes on working until the new one is first used, or until {{date}} at the latest. Then it is refused with 401.',
    lastUsed: 'The old secret was last used: {{when}}.',
    neverUsed: 'The old secret was never used.',
    outcomeUnknown:
      'The new key may have been made all the same. You can try again: a new secret that nobody has used is replaced.',
    submit: 'Rotate key',
  },
  keepAlive: {
    title: 'Keep “{{name}}” alive?',
    effect:
      'A key that nobody uses goes inactive. This has the same effect as using it: the key stays active for another {{duration}} without use.',
    revive:
      'The key went inactive because nobody used it. This brings it back for another {{duration}} without use.',
    notExpiry:
      'Its expiry stays where it is: that date passes for used keys, too.',
    submit: 'Keep alive',
  },
  shorten: {
    title: 'When should “{{name}}” end instead?',
    effect:
      'A key can end earlier, but not later: to go on, rotate it, or make a new one.',
    ends: 'From {{date}} on, everything that uses the key is refused with 401.',
    submit: 'Shorten expiry',
  },
} as const;
