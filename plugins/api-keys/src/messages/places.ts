/** The texts of what other pages of the portal show of one's keys: settings, home page, catalog and sidebar. */
export const placesMessages = {
  places: {
    title: 'API keys',
    page: 'My API Keys',
    adminPage: 'API keys admin',
    manage: 'Manage API keys',
    loading: 'Loading API keys',
    loadFailed: 'The API keys could not be loaded',
    nothing: 'Nothing needs your attention.',
    badge_one: '{{count}} key needs attention',
    badge_other: '{{count}} keys need attention',
    expiring_one: '{{count}} key expires this week',
    expiring_other: '{{count}} keys expire this week',
    idle_one: '{{count}} key goes inactive this week if nobody uses it',
    idle_other: '{{count}} keys go inactive this week if nobody uses them',
    more_one: 'and {{count}} more',
    more_other: 'and {{count}} more',
    expires: 'Expires {{when}}',
    noneOfYours: 'You have no working API keys.',
    noneOfGroup: 'This group has no working API keys.',
    membersOnly: 'Only members see the API keys of this group.',
    selfOnly: 'Only the users themselves see their API keys.',
    groupIntro:
      'These keys act as the group. All of its members can manage them.',
    userIntro: 'These keys act as you.',
  },
} as const;
