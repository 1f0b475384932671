/** See messages/confirmOwner.ts. */
export const confirmOwner = {
  'confirmOwner.yours_one':
    '{{count}} API-Schlüssel von {{owner}} wird abgewiesen: Ihr Eintrag im Katalog ist neu, der Schlüssel gehört vielleicht jemandem, der dieses Konto vorher hatte. Ist es Ihrer?',
  'confirmOwner.yours_other':
    '{{count}} API-Schlüssel von {{owner}} werden abgewiesen: Ihr Eintrag im Katalog ist neu, die Schlüssel gehören vielleicht jemandem, der dieses Konto vorher hatte. Sind es Ihre?',
  'confirmOwner.ofGroup_one':
    '{{count}} API-Schlüssel von {{owner}} wird abgewiesen: Der Eintrag der Gruppe im Katalog ist neu, der Schlüssel gehört vielleicht einer anderen Gruppe dieses Namens. Gehört er Ihrer Gruppe?',
  'confirmOwner.ofGroup_other':
    '{{count}} API-Schlüssel von {{owner}} werden abgewiesen: Der Eintrag der Gruppe im Katalog ist neu, die Schlüssel gehören vielleicht einer anderen Gruppe dieses Namens. Gehören sie Ihrer Gruppe?',
  'confirmOwner.answer': 'Antworten …',
  'confirmOwner.title': 'Ist {{owner}} noch derselbe Besitzer?',
  'confirmOwner.doubt':
    '{{owner}} fehlte im Katalog und ist als neuer Eintrag zurück. Das Portal kann nicht erkennen, ob das noch der Besitzer ist, der die API-Schlüssel erstellt hat.',
  'confirmOwner.effect':
    'Wenn ja, funktionieren die Schlüssel wieder, und wer ihre Geheimnisse hat, handelt als {{owner}}. Wenn nein, werden sie widerrufen; das lässt sich nicht rückgängig machen. Sehen Sie sich die Namen der Schlüssel an und wann sie zuletzt verwendet wurden, und widerrufen Sie sie im Zweifel.',
  'confirmOwner.confirm': 'Derselbe, wieder zulassen',
  'confirmOwner.revoke': 'Jemand anderes, widerrufen',
} as const;
