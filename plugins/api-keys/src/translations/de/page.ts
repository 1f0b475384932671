/** See translation.ts. */
export const page = {
  'page.intro':
    'Mit einem API-Schlüssel ruft ein Skript, ein CI-Job oder ein Werkzeug Backstage in Ihrem Namen auf. Ein Schlüssel kann alles, was Sie können, wenn Sie ihn nicht beschränken; bewahren Sie ihn so sicher auf wie ein Passwort.',
  'page.create': 'Schlüssel erstellen',
  'page.createDenied':
    'Sie sind nicht berechtigt, API-Schlüssel zu erstellen. Wenn Sie einen brauchen, wenden Sie sich an das Team, das dieses Portal betreibt.',
  'page.createUnknown':
    'Ob Sie API-Schlüssel erstellen dürfen, konnte nicht geprüft werden. Laden Sie die Seite neu, um es erneut zu versuchen.',
  'page.revoked':
    '„{{name}}“ ist widerrufen. Was ihn noch verwendet, wird abgewiesen.',
  'page.revokedAlso_one':
    '„{{name}}“ ist widerrufen, und damit {{count}} Schlüssel, den er aus sich selbst gemacht hatte. Was sie noch verwendet, wird abgewiesen.',
  'page.revokedAlso_other':
    '„{{name}}“ ist widerrufen, und damit {{count}} Schlüssel, die er aus sich selbst gemacht hatte. Was sie noch verwendet, wird abgewiesen.',
  'page.showEnded': 'Beendete Schlüssel zeigen',
  'page.dismiss': 'Ausblenden',

  'filter.search': 'Suche',
  'filter.searchHint': 'Name, Beschreibung oder Endung',
  'filter.show': 'Zeigen',
  'filter.working': 'Gültige Schlüssel',
  'filter.ended': 'Beendete Schlüssel',
  'filter.all': 'Alle Schlüssel',
  'filter.active': 'Aktive Schlüssel',
  'filter.retiring': 'Auslaufende Schlüssel',
  'filter.inactive': 'Inaktive Schlüssel',
  'filter.expired': 'Abgelaufene Schlüssel',
  'filter.revoked': 'Widerrufene Schlüssel',
  'filter.order': 'Sortieren nach',
  'filter.newest': 'Neueste zuerst',
  'filter.oldest': 'Älteste zuerst',
  'filter.expiry': 'Frühester Ablauf',
  'filter.lastUsed': 'Zuletzt verwendet',
  'filter.name': 'Name',

  'list.label': 'Ihre API-Schlüssel',
  'list.loading': 'Ihre API-Schlüssel werden geladen',
  'list.updating': 'Die Liste wird aktualisiert',
  'list.total_one': '{{count}} Schlüssel',
  'list.total_other': '{{count}} Schlüssel',
  'list.shown': '{{shown}} von {{total}}',
  'list.moreThan': 'mehr als {{total}}',
  'list.loadMore': 'Mehr laden',
  'list.loadFailed': 'Ihre API-Schlüssel konnten nicht geladen werden',
  'list.refreshFailed':
    'Die Liste konnte nicht aktualisiert werden und ist vielleicht veraltet',
  'list.retry': 'Erneut versuchen',
  'list.emptyTitle': 'Sie haben keine gültigen API-Schlüssel',
  'list.emptyText':
    'Erstellen Sie einen, damit ein Skript, ein CI-Job, ein Kommandozeilenwerkzeug oder ein MCP-Client Backstage in Ihrem Namen aufrufen kann.',
  'list.noMatchTitle': 'Kein Schlüssel passt',
  'list.noMatchText':
    'Versuchen Sie eine andere Suche, oder lassen Sie alle Schlüssel zeigen.',
  'list.showAll': 'Alle Schlüssel zeigen',
  'list.showEnded_one': '{{count}} beendeten Schlüssel zeigen',
  'list.showEnded_other': '{{count}} beendete Schlüssel zeigen',
  'list.usage_one': 'An {{used}} der letzten {{days}} Tage verwendet, einmal',
  'list.usage_other':
    'An {{used}} der letzten {{days}} Tage verwendet, {{count}}-mal',
  'list.unused': 'In den letzten {{days}} Tagen nicht verwendet',
  'list.deniedTitle': 'Sie sind nicht berechtigt, API-Schlüssel zu sehen',
  'list.deniedText':
    'Wenn Sie es sein sollten, wenden Sie sich an das Team, das dieses Portal betreibt.',

  'column.name': 'Name',
  'column.status': 'Status',
  'column.owner': 'Besitzer',
  'column.created': 'Erstellt',
  'column.expires': 'Läuft ab',
  'column.lastUsed': 'Zuletzt verwendet',
  'column.uses': 'Verwendungen',
  'column.createdBy': 'Erstellt von',
  'column.inactivity': 'Frist ohne Verwendung',
  'column.scopes': 'Scopes',
  'column.id': 'ID',
  'column.actions': 'Aktionen',

  'status.active': 'Aktiv',
  'status.retiring': 'Läuft aus',
  'status.inactive': 'Inaktiv',
  'status.expired': 'Abgelaufen',
  'status.revoked': 'Widerrufen',
  'status.expiry': 'Läuft {{when}} ab',
  'status.inactivity': 'Wird {{when}} inaktiv',

  'reason.owner': 'Von einem Besitzer widerrufen',
  'reason.admin': 'Von der Administration widerrufen',
  'reason.leaked': 'Widerrufen, weil er bekannt wurde',
  'reason.rotated': 'Durch seinen Nachfolger ersetzt',
  'reason.superseded': 'Ersetzt, bevor er verwendet wurde',
  'reason.offboarded': 'Widerrufen, weil sein Besitzer nicht mehr da ist',
  'reason.policy': 'Durch eine Richtlinie widerrufen',

  'key.hint': 'Endet auf {{hint}}',
  'key.ofTeam': 'Handelt als {{owner}}',
  'key.restricted': 'Was der Schlüssel darf',
  'key.noExpiry': 'Kein Ablauf',
  'key.neverUsed': 'Nie verwendet',
  'key.inactiveFrom': 'Unbenutzt {{when}} inaktiv',
  'key.retiresBy': 'Endet spätestens {{when}}',
  'key.fromIp': 'Von {{ip}}',
  'key.edit': '{{name}} bearbeiten',
  'key.revoke': '{{name}} widerrufen',
  'time.justNow': 'gerade eben',

  'form.name': 'Name',
  'form.nameHint':
    'Sagen Sie, was den Schlüssel verwenden wird, zum Beispiel „Nächtlicher Build“.',
  'form.description': 'Beschreibung (optional)',
  'form.cancel': 'Abbrechen',
  'copy.copied': 'Kopiert.',
  'copy.refused':
    'Ihr Browser hat das Kopieren nicht erlaubt. Der Text ist markiert: Kopieren Sie ihn mit Strg+C oder ⌘C.',
  'edit.title': 'API-Schlüssel bearbeiten',
  'edit.submit': 'Speichern',
  'revoke.title': '„{{name}}“ widerrufen?',
  'revoke.effect':
    'Alles, was diesen Schlüssel verwendet (er endet auf {{hint}}), wird ab sofort mit 401 abgewiesen. Das lässt sich nicht rückgängig machen.',
  'revoke.owner': 'Er gehört {{owner}}.',
  'revoke.neverUsed': 'Der Schlüssel wurde nie verwendet.',
  'revoke.lastUsed': 'Er wurde zuletzt {{when}} verwendet.',
  'revoke.lastUsedFrom': 'Er wurde zuletzt {{when}} von {{ip}} verwendet.',
  'revoke.submit': 'Schlüssel widerrufen',
  'error.unreachable':
    'Das Backend war nicht zu erreichen. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  'error.unexpectedAnswer':
    'Die Antwort kam nicht vom Backend dieses Portals. Vielleicht ist ein Proxy oder eine Anmeldeseite dazwischen. Versuchen Sie es erneut, oder laden Sie die Seite neu.',
  'error.unexpected':
    'Etwas Unerwartetes ist geschehen. Versuchen Sie es erneut.',
} as const;
