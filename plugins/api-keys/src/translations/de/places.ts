/** See messages/places.ts. */
export const places = {
  'places.title': 'API-Schlüssel',
  'places.page': 'Meine API-Schlüssel',
  'places.adminPage': 'API-Schlüssel verwalten',
  'places.manage': 'Zu meinen API-Schlüsseln',
  'places.loading': 'API-Schlüssel werden geladen',
  'places.loadFailed': 'Die API-Schlüssel konnten nicht geladen werden',
  'places.nothing': 'Zurzeit ist nichts zu tun.',
  'places.badge_one': '{{count}} Schlüssel braucht Aufmerksamkeit',
  'places.badge_other': '{{count}} Schlüssel brauchen Aufmerksamkeit',
  'places.expiring_one': '{{count}} Schlüssel läuft diese Woche ab',
  'places.expiring_other': '{{count}} Schlüssel laufen diese Woche ab',
  'places.idle_one':
    '{{count}} Schlüssel wird diese Woche inaktiv, wenn ihn niemand verwendet',
  'places.idle_other':
    '{{count}} Schlüssel werden diese Woche inaktiv, wenn sie niemand verwendet',
  'places.more_one': 'und {{count}} weiterer',
  'places.more_other': 'und {{count}} weitere',
  'places.expires': 'Läuft {{when}} ab',
  'places.noneOfYours': 'Sie haben keine gültigen API-Schlüssel.',
  'places.noneOfGroup': 'Diese Gruppe hat keine gültigen API-Schlüssel.',
  'places.membersOnly': 'Nur Mitglieder sehen die API-Schlüssel dieser Gruppe.',
  'places.selfOnly': 'Nur die Person selbst sieht ihre API-Schlüssel.',
  'places.groupIntro':
    'Diese Schlüssel handeln als die Gruppe. Alle Mitglieder können sie verwalten.',
  'places.userIntro': 'Diese Schlüssel handeln als Sie.',
} as const;
