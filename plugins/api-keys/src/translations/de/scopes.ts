/** See messages/scopes.ts. */
export const scopes = {
  'scopes.title': 'Dienste außerhalb von Backstage',
  'scopes.rule':
    'Ein Schlüssel, der in Backstage beschränkt ist, öffnet nur, was hier gewählt ist; einer, der nicht beschränkt ist, auch Dienste, die keinen Scope verlangen.',
  'scopes.offered': 'Scopes, die der Schlüssel tragen darf',
  'scopes.search': 'Scopes suchen',
  'scopes.found': 'Kein Scope passt.',
  'scopes.apis': 'APIs des Katalogs',
  'scopes.apisHint': 'Tippen Sie einen Teil des Namens.',
  'scopes.apisLoading': 'Der Katalog wird durchsucht',
  'scopes.apisNone': 'Keine API des Katalogs passt.',
  'scopes.apisFailed': 'Der Katalog konnte nicht durchsucht werden. {{reason}}',
  'scopes.leftOut':
    'In diesem Portal nicht im Angebot und weggelassen: {{scopes}}.',
  'scopes.refused': '„{{scope}}“: {{reason}}',
  'scopes.none':
    'Wählen Sie mindestens eines: Der Schlüssel wäre sonst für gar nichts.',
  'scopes.tooMany': 'Wählen Sie höchstens {{max}}.',
  'scopes.ofList': 'Außerhalb von Backstage: {{scopes}}',

  'scopeFilter.label': 'Scope',
  'scopeFilter.hint': 'reports:read, api:default/…',
  'scopeFilter.wrong': 'Das ist kein Scope.',
} as const;
