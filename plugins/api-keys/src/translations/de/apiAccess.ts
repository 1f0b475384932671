/** See messages/apiAccess.ts. */
export const apiAccess = {
  'apiAccess.title': 'Zugriff mit einem API-Schlüssel',
  'apiAccess.loadFailed':
    'Wofür Schlüssel hier gut sind, konnte nicht geladen werden',
  'apiAccess.intro':
    'Erstellen Sie einen API-Schlüssel mit dem Scope dieser API und senden Sie ihn mit jeder Anfrage als {{header}}',
  'apiAccess.scope': 'Scope',
  'apiAccess.copy': 'Scope kopieren',
  'apiAccess.copied': 'Kopiert.',
  'apiAccess.notCopied': 'Ihr Browser hat das Kopieren nicht erlaubt.',
  'apiAccess.create': 'API-Schlüssel erstellen',
  'apiAccess.holders': 'API-Schlüssel für diese API',
  'apiAccess.holdersIntro':
    'Sie sehen sie, weil Ihnen diese API gehört oder Sie API-Schlüssel verwalten.',
  'apiAccess.loading': 'API-Schlüssel für diese API werden geladen',
  'apiAccess.holdersFailed':
    'Die API-Schlüssel für diese API konnten nicht geladen werden',
  'apiAccess.total_one': '{{count}} Schlüssel',
  'apiAccess.total_other': '{{count}} Schlüssel',
  'apiAccess.none': 'Noch kein API-Schlüssel trägt diesen Scope.',
  'apiAccess.denied': 'Die API-Schlüssel für diese API sehen Sie nicht mehr.',
  'apiAccess.created': 'Erstellt {{when}}',
  'apiAccess.expires': 'Läuft {{when}} ab',
  'apiAccess.used': 'Zuletzt verwendet {{when}}',
} as const;
