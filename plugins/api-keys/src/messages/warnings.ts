/** Texts of the page of upcoming warnings. */
export const warningsMessages = {
  warnings: {
    title: 'Warnings',
    label: 'Warnings to be sent',
    intro:
      'Owners are notified before their keys expire or go inactive, and once they have expired. This list shows the next notifications, soonest first, unless the keys change before then.',
    loading: 'Loading which warnings are to be sent',
    loadFailed: 'Which warnings are to be sent could not be loaded',
    total_one: '{{count}} warning',
    total_other: '{{count}} warnings',
    range: 'Within',
    days: '{{days}} days',
    emptyTitle: 'No warning is to be sent',
    emptyText: 'Nobody has to be told of a key within the next {{days}} days.',
    key: 'Key',
    owner: 'Owner',
    kind: 'What',
    kind_expiry: 'Expires',
    kind_inactivity: 'Goes inactive',
    kind_expired: 'Has expired',
    ends: 'Ends',
    told: 'Owner is told',
    nextRun: 'With the next run',
    before: '{{duration}} before',
  },
} as const;
