/** The texts of what admins should look at. */
export const attentionMessages = {
  attention: {
    title: 'Attention',
    intro: 'Working keys that somebody should look at, most urgent first.',
    loading: 'Looking for keys that need attention',
    none: 'None',
    showAll: 'Show in inventory',
    revokeAll_one: 'Revoke {{count}} key…',
    revokeAll_other: 'Revoke all {{count}} keys…',
    revokeAllMany: 'Revoke all…',
    transferAll_one: 'Transfer {{count}} key…',
    transferAll_other: 'Transfer all {{count}} keys…',
    transferAllMany: 'Transfer all…',
    setExpiry: 'Change expiry of {{name}}',
    transfer: 'Transfer {{name}}',
    'rotated-out-seen': 'Replaced secret still presented',
    'why_rotated-out-seen':
      'In the last 30 days somebody presented a secret that these keys had replaced: a job that nobody updated, or a thief. The audit trail says from where.',
    'owner-missing': 'Owner not in the catalog',
    'why_owner-missing':
      'The catalog does not know the owners, so requests with these keys are refused, and after a while the portal revokes them. Transfer to a group what is still needed: it works for the group at once.',
    'owner-unconfirmed': 'Owner to be confirmed',
    'why_owner-unconfirmed':
      'The owners were away from the catalog and came back as new entries, so requests with these keys are refused until they or you say that they are the same as before.',
    confirmOwner: 'Say who {{owner}} is',
    'without-expiry': 'Without expiry',
    'why_without-expiry':
      'These keys work until somebody revokes them. Give them an end, or their owners a policy.',
    'unused-90d': 'Unused for 90 days',
    'why_unused-90d':
      'Nobody would miss these keys, and nobody would notice if they were stolen.',
    'never-used': 'Never used',
    'why_never-used':
      'Made more than 7 days ago and not used since. Their secrets may be lying around somewhere.',
    'cut-short': 'Cut short by a policy',
    'why_cut-short':
      'Their makers asked for more than today’s policy allows. The keys follow the policy already and end earlier than their makers may expect.',
  },
} as const;
