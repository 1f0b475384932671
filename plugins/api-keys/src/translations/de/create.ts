/** See messages/create.ts. */
export const create = {
  'create.title': 'API-Schlüssel erstellen',
  'create.copyTitle': 'Kopie von „{{name}}“ erstellen',
  'create.copyWord': 'Kopie',
  'create.purpose': 'Wofür ist er?',
  'create.subject': 'Als wer handelt er?',
  'create.networks': 'Von wo darf er verwendet werden?',
  'create.time': 'Wie lange gilt er?',
  'create.submit': 'Erstellen',
  'create.limit_one':
    'Sie haben Ihr Limit von {{count}} gültigen Schlüssel erreicht.',
  'create.limit_other':
    'Sie haben Ihr Limit von {{count}} gültigen Schlüsseln erreicht.',
  'create.teamLimit_one':
    '{{owner}} hat das Limit von {{count}} gültigen Schlüssel erreicht.',
  'create.teamLimit_other':
    '{{owner}} hat das Limit von {{count}} gültigen Schlüsseln erreicht.',
  'create.limitSource': 'Es ist für {{source}} gesetzt.',
  'create.limitAdvice':
    'Widerrufen Sie erst einen, den Sie nicht mehr brauchen.',
  'create.impossible': 'Hier kann kein Schlüssel erstellt werden.',
  'create.missing_one':
    'Dieser Schlüssel wird nicht für {{refs}} handeln: Ihre Anmeldung gibt sie Ihnen, der Katalog nicht.',
  'create.missing_other':
    'Dieser Schlüssel wird nicht für {{refs}} handeln: Ihre Anmeldung gibt sie Ihnen, der Katalog nicht.',
  'create.policyLoading': 'Die Grenzen für neue Schlüssel werden geladen',
  'create.policyFailed':
    'Die Grenzen für neue Schlüssel konnten nicht geladen werden',
  'create.outcomeUnknown':
    'Der Schlüssel ist vielleicht trotzdem entstanden. Sehen Sie in der Liste nach, bevor Sie es erneut versuchen, und widerrufen Sie einen Schlüssel, dessen Geheimnis Sie nicht bekommen haben.',
  'create.modelMissing':
    'Den Schlüssel, den Sie kopieren wollen, gibt es nicht, oder Sie dürfen ihn nicht sehen. Hier können Sie einen neuen erstellen.',
  'create.modelFailed':
    'Der Schlüssel, den Sie kopieren wollen, konnte nicht geladen werden. Hier können Sie einen neuen erstellen. {{reason}}',
  'create.modelOwner':
    'Der Schlüssel, den Sie kopieren, gehört {{owner}}. Dafür können Sie keine Schlüssel erstellen.',

  'keyOwner.label': 'Handelt als',
  'keyOwner.me': 'Ich ({{name}})',
  'keyOwner.meHint':
    'Ihr eigener Schlüssel: Niemand sonst sieht oder verwaltet ihn.',
  'keyOwner.teamHint': 'Alle in {{owner}} sehen, rotieren und widerrufen ihn.',

  'expiry.label': 'Ablauf',
  'expiry.hint': 'Dann endet der Schlüssel, ob er verwendet wird oder nicht.',
  'expiry.max': 'Höchstens {{duration}}.',
  'expiry.maxSetFor': 'Höchstens {{duration}}, gesetzt für {{source}}.',
  'expiry.days_one': '{{count}} Tag',
  'expiry.days_other': '{{count}} Tage',
  'expiry.default': 'Üblich ({{duration}})',
  'expiry.date': 'Tag wählen',
  'expiry.never': 'Kein Ablauf',
  'expiry.lastDay': 'Letzter Tag',
  'expiry.dateMissing':
    'Wählen Sie den letzten Tag, an dem der Schlüssel funktionieren soll.',
  'expiry.dateTooEarly': 'Wählen Sie morgen oder einen späteren Tag.',
  'expiry.dateTooLate': 'Schlüssel dürfen längstens bis {{date}} gelten.',
  'expiry.goesInactive':
    'Wenn ihn {{duration}} niemand verwendet, wird er schon vorher inaktiv.',
  'expiry.stricter':
    'Der Schlüssel, den Sie kopieren, sollte länger gelten, als die heutige Richtlinie erlaubt.',
  'expiry.stricterNever':
    'Der Schlüssel, den Sie kopieren, hat keinen Ablauf, was die heutige Richtlinie nicht erlaubt.',

  'keyEnds.unrestricted.mine':
    'Der Schlüssel funktioniert bis {{date}}, handelt als Sie und kann alles, was Sie in Backstage können.',
  'keyEnds.unrestricted.mineNever':
    'Der Schlüssel funktioniert, bis Sie ihn widerrufen, handelt als Sie und kann alles, was Sie in Backstage können.',
  'keyEnds.unrestricted.team':
    'Der Schlüssel funktioniert bis {{date}}, handelt als {{owner}} und kann, was das Team in Backstage kann, nichts Persönliches.',
  'keyEnds.unrestricted.teamNever':
    'Der Schlüssel funktioniert, bis jemand im Team ihn widerruft, handelt als {{owner}} und kann, was das Team in Backstage kann, nichts Persönliches.',
  'keyEnds.restricted.mine':
    'Der Schlüssel funktioniert bis {{date}} und handelt als Sie, im Rahmen dessen, was er darf.',
  'keyEnds.restricted.mineNever':
    'Der Schlüssel funktioniert, bis Sie ihn widerrufen, und handelt als Sie, im Rahmen dessen, was er darf.',
  'keyEnds.restricted.team':
    'Der Schlüssel funktioniert bis {{date}} und handelt als {{owner}}, im Rahmen dessen, was er darf, und für nichts Persönliches.',
  'keyEnds.restricted.teamNever':
    'Der Schlüssel funktioniert, bis jemand im Team ihn widerruft, und handelt als {{owner}}, im Rahmen dessen, was er darf, und für nichts Persönliches.',

  'inactivity.label': 'Wird inaktiv, wenn unbenutzt für',
  'inactivity.none': 'Keine Frist',
  'inactivity.noneHint':
    'Ein Schlüssel, den niemand mehr braucht, funktioniert weiter.',
  'inactivity.default': 'Üblich ({{duration}})',
  'inactivity.hint':
    'Mit jeder Verwendung beginnt diese Zeit neu. Ein inaktiver Schlüssel wird abgewiesen, bis Sie ihn zurückholen.',
  'inactivity.max': 'Höchstens {{duration}}.',
  'inactivity.maxSetFor': 'Höchstens {{duration}}, gesetzt für {{source}}.',
  'inactivity.pointless': 'Der Schlüssel endet schon vorher.',
  'inactivity.stricter':
    'Der Schlüssel, den Sie kopieren, darf länger unbenutzt bleiben, als die heutige Richtlinie erlaubt.',

  'reveal.title': 'Legen Sie das Geheimnis von „{{name}}“ jetzt ab',
  'reveal.once':
    'Das Geheimnis wird nur dieses eine Mal gezeigt. Legen Sie es dorthin, wo Sie Passwörter aufbewahren; niemand kann es zurückholen.',
  'reveal.missing': 'Dieser Schlüssel handelt nicht für {{refs}}.',
  'reveal.secret': 'Geheimnis',
  'reveal.copySecret': 'Geheimnis kopieren',
  'reveal.use': 'Verwenden',
  'reveal.copySnippet': 'Beispiel kopieren',
  'reveal.done': 'Ich habe es abgelegt',

  'snippet.curl': 'curl',
  'snippet.env': 'Umgebungsvariable',
  'snippet.githubActions': 'GitHub Actions',
  'snippet.gitlabCi': 'GitLab CI',
  'snippet.mcp': 'MCP-Client',
  'snippet.fetch': 'JavaScript',

  'snippetHint.curl':
    'Probieren Sie den Schlüssel im Terminal aus: Dies listet Entitäten des Katalogs auf.',
  'snippetHint.outside':
    'Probieren Sie den Schlüssel im Terminal aus, mit der Adresse eines Dienstes, für den er da ist. Backstage selbst weist ihn ab.',
  'snippetHint.env':
    'Für das Terminal, in dem Sie gerade sind. Andere Werkzeuge lesen dieselbe Variable.',
  'snippetHint.githubActions':
    'Hinterlegen Sie das Geheimnis als BACKSTAGE_TOKEN unter Settings → Secrets and variables → Actions des Repositorys. In die Datei gehört es nicht.',
  'snippetHint.gitlabCi':
    'Hinterlegen Sie das Geheimnis als BACKSTAGE_TOKEN, maskiert, unter Settings → CI/CD → Variables des Projekts. In die Datei gehört es nicht.',
  'snippetHint.mcp':
    'Für Claude Code (.mcp.json), Cursor (.cursor/mcp.json) und andere gleichermaßen. Die Datei enthält das Geheimnis: Halten Sie sie aus der Versionsverwaltung heraus.',
  'snippetHint.fetch':
    'Liest das Geheimnis aus der Umgebungsvariablen BACKSTAGE_TOKEN. Nicht für Code, der im Browser läuft, wo es alle lesen könnten.',
} as const;
