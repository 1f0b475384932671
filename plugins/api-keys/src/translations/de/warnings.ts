/** See messages/warnings.ts. */
export const warnings = {
  'warnings.title': 'Warnungen',
  'warnings.label': 'Anstehende Warnungen',
  'warnings.intro':
    'Besitzer erfahren es, bevor ihre Schlüssel ablaufen oder inaktiv werden, und wenn sie abgelaufen sind. Das werden sie hören, das Nächste zuerst, wenn mit den Schlüsseln vorher nichts geschieht.',
  'warnings.loading': 'Anstehende Warnungen werden geladen',
  'warnings.loadFailed': 'Anstehende Warnungen konnten nicht geladen werden',
  'warnings.total_one': '{{count}} Warnung',
  'warnings.total_other': '{{count}} Warnungen',
  'warnings.range': 'Innerhalb von',
  'warnings.days': '{{days}} Tagen',
  'warnings.emptyTitle': 'Es steht keine Warnung an',
  'warnings.emptyText':
    'In den nächsten {{days}} Tagen muss niemand etwas über einen Schlüssel erfahren.',
  'warnings.key': 'Schlüssel',
  'warnings.owner': 'Besitzer',
  'warnings.kind': 'Was',
  'warnings.kind_expiry': 'Läuft ab',
  'warnings.kind_inactivity': 'Wird inaktiv',
  'warnings.kind_expired': 'Ist abgelaufen',
  'warnings.ends': 'Endet',
  'warnings.told': 'Besitzer erfährt es',
  'warnings.nextRun': 'Beim nächsten Durchgang',
  'warnings.before': '{{duration}} vorher',
} as const;
