/** The texts about what keys are held to. Their fields have the names that they have in the HTTP API. */
export const policyMessages = {
  policies: {
    title: 'Policies',
    loading: 'Loading the policies',
    loadFailed: 'The policies could not be loaded',
    refreshFailed: 'The policies could not be refreshed and may be out of date',
    configuredTitle: 'Configured for everybody',
    configuredHint:
      'Whoever runs the portal sets this in app-config, under apiKeys.',
    tableTitle: 'Set for users and groups',
    owner: 'User or group',
    differs: 'Policy',
    updated: 'Set',
    updatedBy: 'by {{who}}',
    shown: 'The first {{shown}} of {{total}} policies, by owner',
    set: 'Set a policy…',
    edit: 'Edit the policy of {{owner}}',
    remove: 'Remove the policy of {{owner}}',
    emptyTitle: 'No policy is set for a user or group',
    emptyText: 'What is configured holds for everybody.',
  },
  policyField: {
    lifetime: {
      default: 'Default lifetime',
      max: 'Longest lifetime',
      allowUnlimited: 'Keys without expiry',
    },
    inactivity: {
      default: 'Default inactivity timeout',
      max: 'Longest inactivity timeout',
    },
    limits: {
      keysPerOwner: 'Keys at a time',
    },
  },
  policyValue: {
    keys_one: '{{count}} key',
    keys_other: '{{count}} keys',
    noKeys: 'No keys',
    none: 'None',
    noLimit: 'No limit',
    allowed: 'Allowed',
    forbidden: 'Forbidden',
  },
  policyDiffers: {
    maxLifetime: 'Lives {{duration}} at most',
    defaultLifetime: 'Lives {{duration}} by default',
    unlimited: 'May have no expiry',
    limited: 'Must have an expiry',
    maxInactivity: 'Inactive after {{duration}} without use at the latest',
    anyInactivity: 'Any inactivity timeout',
    defaultInactivity: 'Inactive after {{duration}} without use by default',
    noInactivity: 'No inactivity timeout by default',
    keys_one: '{{count}} key at most',
    keys_other: '{{count}} keys at most',
    noKeys: 'No keys',
  },
  policyLookup: {
    title: 'What holds for whom',
    intro: 'Pick a user or a group to see its policy, and where it comes from.',
    owner: 'User or group',
    loading: 'Loading the policy',
    loadFailed: 'The policy could not be loaded',
    configured: '{{value}}, configured',
    own: '{{value}}, set for this owner',
    from: '{{value}}, from {{owner}}',
    groups:
      'Groups of the user, as of the last time that a key was made or exchanged: {{groups}}.',
    noGroups:
      'The user was in no group the last time that a key was made or exchanged.',
    unknownGroups:
      'No key of this user was made yet, so the user’s groups are not known. What is set for them holds, too, from the first key on.',
  },
  policyForm: {
    setTitle: 'Set a policy',
    editTitle: 'Edit the policy of {{owner}}',
    intro:
      'What is not set here follows what is set for a user’s groups, and then what is configured.',
    owner: 'User or group',
    unset: 'Not set (configured: {{value}})',
    unsetAndRuledOut: 'Not set (hence forbidden)',
    ruledOutHint:
      'A longest lifetime rules out keys without expiry, unless they are allowed here.',
    kept: '{{value}}, as before',
    daysChoice: 'A number of days',
    keysChoice: 'A number of keys',
    days: 'Days',
    keys: 'Keys',
    effect:
      'Keys that exist are held to it at once: those that would live longer end earlier, or now if they are older than that. Once it is loosened, they get back the end that they were made with.',
    submit: 'Save',
    outdated:
      'Somebody else has changed the policy of this owner meanwhile. Close this, look at what it is now, and try again.',
    problem: {
      ownerMissing: 'Pick the user or the group.',
      ownerKind: 'Pick a user or a group: others have no keys.',
      ownerTaken: 'A policy is set for this owner already. Edit that one.',
      days: 'Enter a whole number of days, at least 1.',
      keys: 'Enter a whole number of keys, from 0 to 10000.',
      longerThanMax: 'The default must not be longer than the longest.',
      nothing: 'Set at least one of the fields.',
    },
  },
  policyRemoval: {
    title: 'Remove the policy of {{owner}}?',
    set: 'It says: {{phrases}}.',
    effect:
      'From then on, what is configured holds, and for a user what is set for their groups.',
    effectOnKeys:
      'Keys that exist follow at once and get back the end that they were made with, as far as that allows: a key that this policy had ended may work again, and one that only this policy let live may end. Revoked keys stay revoked.',
    submit: 'Remove policy',
  },
} as const;
