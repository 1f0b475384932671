/** See messages/admin.ts. */
export const admin = {
  'admin.inventory': 'Bestand',
  'admin.leakDesk': 'Gefundene Geheimnisse',
  'admin.loading': 'Die API-Schlüssel aller werden geladen',
  'admin.loadFailed': 'Die API-Schlüssel aller konnten nicht geladen werden',
  'admin.summaryFailed':
    'Die Zahlen konnten nicht aktualisiert werden und sind vielleicht veraltet',
  'admin.deniedTitle':
    'Sie sind nicht berechtigt, die API-Schlüssel aller zu verwalten',
  'admin.deniedAdvice':
    'Wenn Sie es sein müssen, wenden Sie sich an das Team, das dieses Portal betreibt.',

  'tile.label': 'API-Schlüssel in Zahlen',
  'tile.working': 'Gültig',
  'tile.expiring-7d': 'Laufen in 7 Tagen ab',
  'tile.expiring-30d': 'Laufen in 30 Tagen ab',
  'tile.never-used': 'Nie verwendet',
  'tile.unused-90d': 'Seit 90 Tagen unbenutzt',
  'tile.without-expiry': 'Ohne Ablauf',
  'tile.revoked-7d': 'Diese Woche widerrufen',

  'chart.expiries': 'Schlüssel, die in den nächsten 13 Wochen ablaufen',
  'chart.uses': 'Verwendungen in den letzten 30 Tagen',
  'chart.keys_one': '{{count}} Schlüssel',
  'chart.keys_other': '{{count}} Schlüssel',
  'chart.times_one': '{{count}}-mal',
  'chart.times_other': '{{count}}-mal',

  'inventory.label': 'Die API-Schlüssel aller',
  'inventory.owner': 'Besitzer',
  'inventory.ownerHint': 'ada, group:team-a, …',
  'inventory.status': 'Status',
  'inventory.anyStatus': 'Beliebig',
  'inventory.concern': 'Nur zeigen',
  'inventory.concern_any': 'Alle Schlüssel',
  'inventory.concern_expiring-7d': 'Laufen in 7 Tagen ab',
  'inventory.concern_expiring-30d': 'Laufen in 30 Tagen ab',
  'inventory.concern_unused-90d': 'Seit 90 Tagen unbenutzt',
  'inventory.concern_never-used': 'Nie verwendet',
  'inventory.concern_without-expiry': 'Ohne Ablauf',
  'inventory.concern_unrestricted': 'Nicht beschränkt',
  'inventory.concern_cut-short': 'Von einer Richtlinie verkürzt',
  'inventory.concern_owner-missing': 'Besitzer nicht im Katalog',
  'inventory.concern_owner-unconfirmed': 'Besitzer zu bestätigen',
  'inventory.concern_rotated-out-seen': 'Ersetztes Geheimnis noch vorgelegt',
  'inventory.concern_revoked-7d': 'In den letzten 7 Tagen widerrufen',
  'inventory.age': 'Erstellt',
  'inventory.age_any': 'Jederzeit',
  'inventory.age_7d': 'Vor mehr als 7 Tagen',
  'inventory.age_30d': 'Vor mehr als 30 Tagen',
  'inventory.age_90d': 'Vor mehr als 90 Tagen',
  'inventory.age_365d': 'Vor mehr als einem Jahr',
  'inventory.expiresOn': 'Laufen ab: {{days}}',
  'inventory.expiresFrom': 'Laufen am {{day}} oder später ab',
  'inventory.expiresTo': 'Laufen bis {{day}} ab',
  'inventory.usedOn': 'Verwendet am {{day}}',
  'inventory.ownerOrder': 'Besitzer',
  'inventory.leastUsed': 'Am längsten unbenutzt',
  'inventory.clear': 'Filter zurücksetzen',
  'inventory.emptyTitle': 'Es gibt noch keine API-Schlüssel',
  'inventory.emptyText': 'Sobald jemand einen erstellt, steht er hier.',
  'inventory.noMatchTitle': 'Kein Schlüssel passt',
  'inventory.noMatchText': 'Versuchen Sie es mit anderen Filtern.',
  'inventory.exportCsv': 'Als CSV exportieren',
  'inventory.exportFailed': 'Die Schlüssel konnten nicht exportiert werden',
  'inventory.columns': 'Spalten',
  'inventory.actions': 'Aktionen für {{name}}',
  'inventory.showTrail': 'Im Protokoll zeigen',
  'inventory.setExpiry': 'Ablauf ändern …',
  'inventory.transfer': 'Übertragen …',
  'inventory.revoke': 'Widerrufen …',
  'inventory.select': '{{name}} auswählen',
  'inventory.selectAll': 'Alle Schlüssel der Liste auswählen',
  'inventory.transferSelected': 'Ausgewählte übertragen ({{selected}}) …',
  'inventory.revokeSelected': 'Ausgewählte widerrufen ({{selected}}) …',
  'inventory.revokeMatchingMany': 'Alle passenden Schlüssel widerrufen …',
  'inventory.revokeMatching_one':
    'Den {{count}} passenden Schlüssel widerrufen …',
  'inventory.revokeMatching_other':
    'Alle {{count}} passenden Schlüssel widerrufen …',

  'leak.label': 'Gefundene Geheimnisse',
  'leak.intro':
    'Ein Geheimnis ist aufgetaucht, wo es nicht hingehört? Fügen Sie es ein, oder ein Stück eines Logs, in dem welche stehen: So finden Sie heraus, zu wessen Schlüsseln sie gehören. Der Text wird in Ihrem Browser durchsucht, nur die Geheimnisse darin gehen an das Backend, und nichts wird gespeichert.',
  'leak.text': 'Geheimnis, oder ein Text, der welche enthält',
  'leak.textHint': 'Der Text verschwindet, sobald er durchsucht wurde.',
  'leak.search': 'Schlüssel suchen',
  'leak.found_one': '{{count}} Geheimnis gefunden.',
  'leak.found_other': '{{count}} Geheimnisse gefunden.',
  'leak.nothing':
    'Kein Geheimnis gefunden: Nichts in dem Text ist das ganze Geheimnis eines API-Schlüssels.',
  'leak.unknown': '…{{hint}} gehört zu keinem Schlüssel dieses Portals.',
  'leak.key': 'Schlüssel',
  'leak.revoke': 'Jetzt widerrufen',
  'leak.revokeMade_one': '{{count}} Schlüssel widerrufen, den er gemacht hat',
  'leak.revokeMade_other': '{{count}} Schlüssel widerrufen, die er gemacht hat',

  'setExpiry.title': 'Wann soll „{{name}}“ ablaufen?',
  'setExpiry.current': 'Er läuft am {{date}} ab.',
  'setExpiry.currentNever': 'Er läuft nicht ab.',
  'setExpiry.latest':
    'Schlüssel von {{owner}} gelten höchstens {{duration}}, dieser also bis {{date}}.',
  'setExpiry.policyLoading': 'Die Richtlinie des Besitzers wird geladen',
  'setExpiry.policyFailed':
    'Die Richtlinie des Besitzers konnte nicht geladen werden',
  'setExpiry.submit': 'Ablauf ändern',

  'transfer.titleOf': '„{{name}}“ einer Gruppe übertragen?',
  'transfer.title_one': '{{count}} Schlüssel einer Gruppe übertragen?',
  'transfer.title_other': '{{count}} Schlüssel einer Gruppe übertragen?',
  'transfer.titleMatching': 'Schlüssel einer Gruppe übertragen?',
  'transfer.group': 'Gruppe',
  'transfer.groupHint': 'team-a, …',
  'transfer.notGroup':
    'Wählen Sie eine Gruppe. Schlüssel bekommt nie eine Person: Wer ihre Geheimnisse kennt, würde als jemand anders handeln.',
  'transfer.counting':
    'Es wird ermittelt, welche Schlüssel übertragen werden können',
  'transfer.countFailed':
    'Die Schlüssel können dieser Gruppe nicht übertragen werden',
  'transfer.nothing': 'Keiner dieser Schlüssel kann übertragen werden.',
  'transfer.going_one': '{{count}} Schlüssel geht an {{group}}.',
  'transfer.going_other': '{{count}} Schlüssel gehen an {{group}}.',
  'transfer.goingAtMost_one':
    'Höchstens {{count}} Schlüssel geht an {{group}}.',
  'transfer.goingAtMost_other':
    'Höchstens {{count}} Schlüssel gehen an {{group}}.',
  'transfer.works_one':
    'Er funktioniert mit demselben Geheimnis weiter, aber als {{group}} und mit den Rechten der Gruppe.',
  'transfer.works_other':
    'Sie funktionieren mit denselben Geheimnissen weiter, aber als {{group}} und mit den Rechten der Gruppe.',
  'transfer.loses_one':
    '{{owner}} verliert ihn: Von da an sehen und verwalten ihn die Mitglieder der Gruppe.',
  'transfer.loses_other':
    '{{owner}} verliert sie: Von da an sehen und verwalten sie die Mitglieder der Gruppe.',
  'transfer.othersLose':
    'Ihre heutigen Besitzer verlieren sie: Von da an sehen und verwalten sie die Mitglieder der Gruppe.',
  'transfer.secrets_one':
    'Wer das Geheimnis kennt, kennt es weiterhin: Die Gruppe sollte den Schlüssel rotieren.',
  'transfer.secrets_other':
    'Wer die Geheimnisse kennt, kennt sie weiterhin: Die Gruppe sollte die Schlüssel rotieren.',
  'transfer.refused_one': '{{count}} Schlüssel bleibt, wo er ist:',
  'transfer.refused_other': '{{count}} Schlüssel bleiben, wo sie sind:',
  'transfer.refusedAtLeast_one':
    'Mindestens {{count}} Schlüssel bleibt, wo er ist:',
  'transfer.refusedAtLeast_other':
    'Mindestens {{count}} Schlüssel bleiben, wo sie sind:',
  'transfer.andMore_one': 'und {{count}} weiterer',
  'transfer.andMore_other': 'und {{count}} weitere',
  'transfer.submit_one': '{{count}} Schlüssel übertragen',
  'transfer.submit_other': '{{count}} Schlüssel übertragen',
  'transfer.submitUnknown': 'Schlüssel übertragen',
  'transfer.done_one': '{{count}} Schlüssel ist übertragen',
  'transfer.done_other': '{{count}} Schlüssel sind übertragen',
  'transfer.doneText_one':
    'Er gehört {{group}} und handelt als die Gruppe. Wer sein Geheimnis kennt, kennt es weiterhin: Bitten Sie die Gruppe, ihn zu rotieren.',
  'transfer.doneText_other':
    'Sie gehören {{group}} und handeln als die Gruppe. Wer ihre Geheimnisse kennt, kennt sie weiterhin: Bitten Sie die Gruppe, sie zu rotieren.',

  'bulk.title_one': '{{count}} Schlüssel widerrufen?',
  'bulk.title_other': '{{count}} Schlüssel widerrufen?',
  'bulk.titleUnknown': 'Schlüssel widerrufen?',
  'bulk.counting': 'Die Schlüssel werden gezählt',
  'bulk.countFailed': 'Die Schlüssel konnten nicht gezählt werden',
  'bulk.nothing': 'Keiner dieser Schlüssel ist noch zu widerrufen.',
  'bulk.effect':
    'Alles, was diese Schlüssel verwendet, wird ab sofort mit 401 abgewiesen. Das lässt sich nicht rückgängig machen.',
  'bulk.owners': 'Sie gehören {{owners}}.',
  'bulk.ownersAndMore_one':
    'Sie gehören {{owners}} und {{count}} weiterem Besitzer.',
  'bulk.ownersAndMore_other':
    'Sie gehören {{owners}} und {{count}} weiteren Besitzern.',
  'bulk.anyOwner':
    'Es sind alle Schlüssel, die zu den Filtern passen, wem auch immer sie gehören.',
  'bulk.reason': 'Grund',
  'bulk.reason_admin': 'Entscheidung der Administration',
  'bulk.reason_leaked': 'Das Geheimnis ist bekannt geworden',
  'bulk.reason_offboarded': 'Der Besitzer ist nicht mehr da',
  'bulk.reason_policy': 'Eine Richtlinie verbietet den Schlüssel',
  'bulk.submit_one': '{{count}} Schlüssel widerrufen',
  'bulk.submit_other': '{{count}} Schlüssel widerrufen',
  'bulk.submitUnknown': 'Schlüssel widerrufen',
  'bulk.done_one': '{{count}} Schlüssel ist widerrufen',
  'bulk.done_other': '{{count}} Schlüssel sind widerrufen',
  'bulk.doneText': 'Was sie noch verwendet, wird abgewiesen.',
  'bulk.already_one':
    '{{count}} Schlüssel hat inzwischen jemand anders widerrufen.',
  'bulk.already_other':
    '{{count}} Schlüssel hat inzwischen jemand anders widerrufen.',
  'bulk.progress': '{{done}} von {{all}} widerrufen',
  'bulk.close': 'Schließen',
} as const;
