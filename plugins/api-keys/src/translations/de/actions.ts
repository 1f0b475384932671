/** See messages/actions.ts. */
export const actions = {
  'action.menu': 'Aktionen für {{name}}',
  'action.rotate': 'Rotieren …',
  'action.duplicate': 'Duplizieren …',
  'action.edit': 'Umbenennen …',
  'action.keep-alive': 'Am Leben halten …',
  'action.shorten': 'Früher ablaufen lassen …',
  'action.revoke': 'Widerrufen …',

  'alsoRevoked.ends_one': 'Damit endet auch {{count}} anderer Schlüssel:',
  'alsoRevoked.ends_other': 'Damit enden auch {{count}} andere Schlüssel:',
  'alsoRevoked.done_one': '{{count}} anderer Schlüssel ist damit beendet:',
  'alsoRevoked.done_other': '{{count}} andere Schlüssel sind damit beendet:',
  'alsoRevoked.origin_key':
    '„{{name}}“ (…{{hint}}), den der Schlüssel {{when}} aus sich selbst gemacht hat',
  'alsoRevoked.origin_unknown':
    '„{{name}}“ (…{{hint}}), der {{when}} durch Rotation entstanden ist; wer das war, ist nicht festgehalten, vielleicht der Schlüssel selbst',
  'alsoRevoked.origin_owner':
    '„{{name}}“ (…{{hint}}) derselben Rotation, den sein Besitzer {{when}} gemacht hat',
  'alsoRevoked.origin_family': '„{{name}}“ (…{{hint}}) derselben Rotation',
  'alsoRevoked.andMore_one': 'und {{count}} weiterer',
  'alsoRevoked.andMore_other': 'und {{count}} weitere',
  'alsoRevoked.unknown':
    'Die Schlüssel, die dieser aus sich selbst gemacht hat, enden mit ihm. Welche das sind, konnte nicht geladen werden.',

  'rotate.title': '„{{name}}“ rotieren?',
  'rotate.effect':
    'Es entsteht ein neuer Schlüssel mit neuem Geheimnis, mit demselben Namen und Besitzer, der so lange gilt, wie dieser gelten sollte. Hinterlegen Sie das neue Geheimnis überall, wo das alte liegt.',
  'rotate.overlap': 'Was mit dem alten Geheimnis geschieht',
  'rotate.overlap_until-first-use':
    'Behalten, bis das neue zum ersten Mal verwendet wird',
  'rotate.overlap_immediately': 'Sofort beenden',
  'rotate.endsNow':
    'Was das alte Geheimnis verwendet, wird ab sofort mit 401 abgewiesen.',
  'rotate.endsWithFirstUse':
    'Was das alte Geheimnis verwendet, funktioniert weiter, bis das neue zum ersten Mal verwendet wird.',
  'rotate.endsBy':
    'Was das alte Geheimnis verwendet, funktioniert weiter, bis das neue zum ersten Mal verwendet wird, längstens aber bis {{date}}. Danach wird es mit 401 abgewiesen.',
  'rotate.lastUsed': 'Das alte Geheimnis wurde zuletzt verwendet: {{when}}.',
  'rotate.neverUsed': 'Das alte Geheimnis wurde nie verwendet.',
  'rotate.outcomeUnknown':
    'Der neue Schlüssel ist vielleicht trotzdem entstanden. Sie können es erneut versuchen: Ein neues Geheimnis, das niemand verwendet hat, wird ersetzt.',
  'rotate.submit': 'Schlüssel rotieren',

  'keepAlive.title': '„{{name}}“ am Leben halten?',
  'keepAlive.effect':
    'Ein Schlüssel, den niemand verwendet, wird inaktiv. Dies wirkt wie eine Verwendung: Der Schlüssel bleibt weitere {{duration}} ohne Verwendung aktiv.',
  'keepAlive.revive':
    'Der Schlüssel wurde inaktiv, weil ihn niemand verwendet hat. Dies macht ihn für weitere {{duration}} ohne Verwendung wieder aktiv.',
  'keepAlive.notExpiry':
    'Der Ablauf bleibt, wie er ist: Dieser Tag kommt auch für verwendete Schlüssel.',
  'keepAlive.submit': 'Am Leben halten',

  'shorten.title': 'Wann soll „{{name}}“ stattdessen enden?',
  'shorten.effect':
    'Ein Schlüssel kann früher enden, aber nicht später: Um weiterzumachen, rotieren Sie ihn oder erstellen Sie einen neuen.',
  'shorten.ends':
    'Ab {{date}} wird alles, was den Schlüssel verwendet, mit 401 abgewiesen.',
  'shorten.submit': 'Früher ablaufen lassen',
} as const;
