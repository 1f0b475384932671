/** See messages/keyPage.ts. */
export const keyPage = {
  'keyPage.back': 'Alle Ihre API-Schlüssel',
  'keyPage.loading': 'Der API-Schlüssel wird geladen',
  'keyPage.loadFailed': 'Der API-Schlüssel konnte nicht geladen werden',
  'keyPage.refreshFailed':
    'Die Seite konnte nicht aktualisiert werden und ist vielleicht veraltet',
  'keyPage.notFoundTitle':
    'Diesen Schlüssel gibt es nicht, oder es ist nicht Ihrer',
  'keyPage.notFoundText':
    'Die Adresse ist vielleicht unvollständig, oder der Schlüssel gehört einem Team, das Sie verlassen haben.',
  'keyPage.actions': 'Was Sie mit diesem Schlüssel tun können',
  'keyPage.retiring':
    'Dieser Schlüssel wurde rotiert. Er funktioniert, bis {{successor}} zum ersten Mal verwendet wird, und endet spätestens {{when}}.',
  'keyPage.replaced':
    'Dieser Schlüssel wurde rotiert. {{successor}} ist an seine Stelle getreten.',
  'keyPage.successor': 'sein Nachfolger',
  'keyPage.successorFirst': 'Sein Nachfolger',

  'keyLink.rotate':
    'Der Link, der Sie hergeführt hat, ist zum Rotieren dieses Schlüssels.',
  'keyLink.keep-alive':
    'Der Link, der Sie hergeführt hat, ist dazu da, diesen Schlüssel am Leben zu halten.',
  'keyLink.revoke':
    'Der Link, der Sie hergeführt hat, ist zum Widerrufen dieses Schlüssels.',
  'keyLink.reason_expired':
    'Der Schlüssel ist abgelaufen, es ist also nichts mehr zu tun. Duplizieren Sie ihn, wenn Sie noch einen brauchen.',
  'keyLink.reason_revoked':
    'Der Schlüssel ist widerrufen, es ist also nichts mehr zu tun. Duplizieren Sie ihn, wenn Sie noch einen brauchen.',
  'keyLink.reason_inactive':
    'Der Schlüssel ist inaktiv, weil ihn niemand verwendet hat. Halten Sie ihn zuerst am Leben.',
  'keyLink.reason_no-timeout':
    'Der Schlüssel wird nicht inaktiv, wie lange ihn auch niemand verwendet. Es ist also nichts zu tun.',

  'keyFact.title': 'Über diesen Schlüssel',
  'keyFact.description': 'Beschreibung',
  'keyFact.owner': 'Besitzer',
  'keyFact.subject': 'Handelt als',
  'keyFact.createdAt': 'Erstellt',
  'keyFact.createdBy': 'Erstellt von',
  'keyFact.expires': 'Läuft ab',
  'keyFact.expiresHelp':
    'Dann endet der Schlüssel, wie oft er auch verwendet wird.',
  'keyFact.inactivity': 'Frist ohne Verwendung',
  'keyFact.inactivityNone': 'Keine',
  'keyFact.inactivityHelp':
    'Beendet den Schlüssel nur, wenn ihn so lange niemand verwendet; mit jeder Verwendung beginnt die Zeit neu.',
  'keyFact.goesInactive': 'Wird inaktiv',
  'keyFact.wentInactive': 'Wurde inaktiv',
  'keyFact.lastUsed': 'Zuletzt verwendet',
  'keyFact.uses': 'Verwendungen insgesamt',
  'keyFact.revoked': 'Widerrufen',
  'keyFact.revokedBy': 'Widerrufen von',
  'keyFact.ownershipCap': 'Handelt höchstens für',
  'keyFact.ownershipCapHelp':
    'Die Sitzung, in der der Schlüssel entstand, hatte weniger, als Sie sonst haben, und der Schlüssel bekommt nie mehr.',
  'keyFact.id': 'Schlüssel-ID',
  'keyFact.copyId': 'ID kopieren',
  'keyFact.idCopied': 'Kopiert.',
  'keyFact.idNotCopied': 'Ihr Browser hat das Kopieren nicht erlaubt.',

  'keyUsage.title': 'Verwendung in den letzten 30 Tagen',
  'keyUsage.loading': 'Wofür der Schlüssel verwendet wurde, wird geladen',
  'keyUsage.loadFailed':
    'Wofür der Schlüssel verwendet wurde, konnte nicht geladen werden',
  'keyUsage.none': 'In den letzten 30 Tagen nicht verwendet.',
  'keyUsage.days': 'Verwendungen nach Tag (UTC) und Plugin',
  'keyUsage.part': '{{plugin}} {{uses}}',
  'keyUsage.others': 'Andere Plugins',
  'keyUsage.hint':
    'Wählen Sie einen Tag, um zu sehen, wofür der Schlüssel an ihm verwendet wurde.',
  'keyUsage.table': 'Als Tabelle zeigen',
  'keyUsage.day': 'Tag (UTC)',
  'keyUsage.plugin': 'Plugin',
  'keyUsage.uses': 'Verwendungen',

  'keyFamily.title': 'Rotation',
  'keyFamily.intro':
    'Die Schlüssel, die einander abgelöst haben, der älteste zuerst.',
  'keyFamily.loadFailed':
    'Die Schlüssel vor und nach diesem konnten nicht geladen werden',
  'keyFamily.here': 'Dieser Schlüssel',
  'keyFamily.older_one': '{{count}} älteren Schlüssel zeigen',
  'keyFamily.older_other': '{{count}} ältere Schlüssel zeigen',
  'keyFamily.made': 'Erstellt {{when}}',
  'keyFamily.madeByKey':
    'Erstellt {{when}} vom Schlüssel davor, nicht von einem Menschen',
  'keyFamily.stillUsed': 'Alter Schlüssel noch verwendet {{when}}',
  'keyFamily.stillUsedFrom':
    'Alter Schlüssel noch verwendet {{when}} von {{ip}}',
  'keyFamily.lastUsed': 'Zuletzt verwendet {{when}}',
  'keyFamily.lastUsedFrom': 'Zuletzt verwendet {{when}} von {{ip}}',
  'keyFamily.neverUsed': 'Nie verwendet',

  'keyTrail.title': 'Verlauf',
  'keyTrail.label': 'Was mit diesem Schlüssel geschah',
  'keyTrail.loading': 'Was mit diesem Schlüssel geschah, wird geladen',
  'keyTrail.loadFailed':
    'Was mit diesem Schlüssel geschah, konnte nicht geladen werden',
  'keyTrail.empty': 'Mit diesem Schlüssel ist noch nichts geschehen.',
  'keyTrail.openKey': 'Seite des Schlüssels {{id}} öffnen',
} as const;
