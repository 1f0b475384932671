/** See messages/attention.ts. */
export const attention = {
  'attention.title': 'Zu klären',
  'attention.intro':
    'Gültige Schlüssel, die sich jemand ansehen sollte, die dringendsten zuerst.',
  'attention.loading': 'Schlüssel, die zu klären sind, werden gesucht',
  'attention.none': 'Keine',
  'attention.showAll': 'Im Bestand zeigen',
  'attention.revokeAll_one': '{{count}} Schlüssel widerrufen …',
  'attention.revokeAll_other': 'Alle {{count}} Schlüssel widerrufen …',
  'attention.revokeAllMany': 'Alle widerrufen …',
  'attention.transferAll_one': '{{count}} Schlüssel übertragen …',
  'attention.transferAll_other': 'Alle {{count}} Schlüssel übertragen …',
  'attention.transferAllMany': 'Alle übertragen …',
  'attention.setExpiry': 'Ablauf von {{name}} ändern',
  'attention.transfer': '{{name}} übertragen',
  'attention.rotated-out-seen': 'Ersetztes Geheimnis noch vorgelegt',
  'attention.why_rotated-out-seen':
    'In den letzten 30 Tagen hat jemand ein Geheimnis vorgelegt, das diese Schlüssel ersetzt hatten: ein Job, den niemand angepasst hat, oder ein Dieb. Das Protokoll zeigt, woher es kam.',
  'attention.owner-missing': 'Besitzer nicht im Katalog',
  'attention.why_owner-missing':
    'Der Katalog kennt die Besitzer nicht, deshalb werden Anfragen mit diesen Schlüsseln abgewiesen, und nach einer Weile widerruft das Portal sie. Übertragen Sie einer Gruppe, was noch gebraucht wird: Für sie funktioniert es sofort.',
  'attention.owner-unconfirmed': 'Besitzer zu bestätigen',
  'attention.why_owner-unconfirmed':
    'Die Besitzer fehlten im Katalog und sind als neue Einträge zurück, deshalb werden Anfragen mit diesen Schlüsseln abgewiesen, bis sie oder Sie sagen, dass es noch dieselben sind.',
  'attention.confirmOwner': 'Sagen, wer {{owner}} ist',
  'attention.without-expiry': 'Ohne Ablauf',
  'attention.why_without-expiry':
    'Diese Schlüssel funktionieren, bis jemand sie widerruft. Geben Sie ihnen ein Ende, oder ihren Besitzern eine Richtlinie.',
  'attention.unused-90d': 'Seit 90 Tagen unbenutzt',
  'attention.why_unused-90d':
    'Niemand würde diese Schlüssel vermissen, und niemand würde merken, wenn sie gestohlen würden.',
  'attention.never-used': 'Nie verwendet',
  'attention.why_never-used':
    'Vor mehr als 7 Tagen erstellt und seither nicht verwendet. Ihre Geheimnisse liegen vielleicht irgendwo herum.',
  'attention.cut-short': 'Von einer Richtlinie verkürzt',
  'attention.why_cut-short':
    'Wer sie erstellt hat, wollte mehr, als die heutige Richtlinie erlaubt. Die Schlüssel folgen der Richtlinie schon und enden früher als vielleicht erwartet.',
} as const;
