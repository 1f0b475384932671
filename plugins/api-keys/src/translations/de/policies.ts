/** See messages/policies.ts. */
export const policies = {
  'policies.title': 'Richtlinien',
  'policies.loading': 'Die Richtlinien werden geladen',
  'policies.loadFailed': 'Die Richtlinien konnten nicht geladen werden',
  'policies.refreshFailed':
    'Die Richtlinien konnten nicht aktualisiert werden und sind vielleicht veraltet',
  'policies.configuredTitle': 'Für alle konfiguriert',
  'policies.configuredHint':
    'Wer das Portal betreibt, legt dies in app-config unter apiKeys fest.',
  'policies.tableTitle': 'Für Personen und Gruppen gesetzt',
  'policies.owner': 'Person oder Gruppe',
  'policies.differs': 'Richtlinie',
  'policies.updated': 'Gesetzt',
  'policies.updatedBy': 'von {{who}}',
  'policies.shown':
    'Die ersten {{shown}} von {{total}} Richtlinien, nach Besitzer',
  'policies.set': 'Richtlinie setzen …',
  'policies.edit': 'Richtlinie von {{owner}} bearbeiten',
  'policies.remove': 'Richtlinie von {{owner}} entfernen',
  'policies.emptyTitle':
    'Für keine Person oder Gruppe ist eine Richtlinie gesetzt',
  'policies.emptyText': 'Für alle gilt, was konfiguriert ist.',

  'policyField.lifetime.default': 'Übliche Geltungsdauer',
  'policyField.lifetime.max': 'Längste Geltungsdauer',
  'policyField.lifetime.allowUnlimited': 'Schlüssel ohne Ablauf',
  'policyField.inactivity.default': 'Übliche Frist ohne Verwendung',
  'policyField.inactivity.max': 'Längste Frist ohne Verwendung',
  'policyField.limits.keysPerOwner': 'Schlüssel zur gleichen Zeit',

  'policyField.restrictions.required': 'Beschränkung',
  'policyField.restrictions.maxPlugins':
    'Plugins eines beschränkten Schlüssels',
  'policyField.restrictions.forbidden': 'Verbotene Plugins',

  'policyValue.required': 'Verlangt',
  'policyValue.optional': 'Nicht verlangt',
  'policyValue.plugins_one': 'Höchstens {{count}} Plugin',
  'policyValue.plugins_other': 'Höchstens {{count}} Plugins',
  'policyValue.keys_one': '{{count}} Schlüssel',
  'policyValue.keys_other': '{{count}} Schlüssel',
  'policyValue.noKeys': 'Keine Schlüssel',
  'policyValue.none': 'Keine',
  'policyValue.noLimit': 'Unbegrenzt',
  'policyValue.allowed': 'Erlaubt',
  'policyValue.forbidden': 'Verboten',

  'policyDiffers.maxLifetime': 'Gilt höchstens {{duration}}',
  'policyDiffers.defaultLifetime': 'Gilt üblicherweise {{duration}}',
  'policyDiffers.unlimited': 'Darf ohne Ablauf sein',
  'policyDiffers.limited': 'Muss ablaufen',
  'policyDiffers.maxInactivity':
    'Spätestens inaktiv, wenn {{duration}} unbenutzt',
  'policyDiffers.anyInactivity': 'Beliebige Frist ohne Verwendung',
  'policyDiffers.defaultInactivity':
    'Üblicherweise inaktiv, wenn {{duration}} unbenutzt',
  'policyDiffers.noInactivity': 'Üblicherweise keine Frist ohne Verwendung',
  'policyDiffers.keys_one': 'Höchstens {{count}} Schlüssel',
  'policyDiffers.keys_other': 'Höchstens {{count}} Schlüssel',
  'policyDiffers.noKeys': 'Keine Schlüssel',
  'policyDiffers.restricted': 'Muss auf einige Plugins beschränkt sein',
  'policyDiffers.unrestricted': 'Muss nicht beschränkt sein',
  'policyDiffers.plugins_one': 'Auf höchstens {{count}} Plugin beschränkt',
  'policyDiffers.plugins_other': 'Auf höchstens {{count}} Plugins beschränkt',
  'policyDiffers.anyPlugins': 'Auf beliebig viele Plugins beschränkt',
  'policyDiffers.notFor': 'Nicht für {{plugins}}',
  'policyDiffers.noneForbidden': 'Kein weiteres Plugin verboten',

  'policyLookup.title': 'Was für wen gilt',
  'policyLookup.intro':
    'Wählen Sie eine Person oder Gruppe, um ihre Richtlinie zu sehen und woher sie kommt.',
  'policyLookup.owner': 'Person oder Gruppe',
  'policyLookup.loading': 'Die Richtlinie wird geladen',
  'policyLookup.loadFailed': 'Die Richtlinie konnte nicht geladen werden',
  'policyLookup.configured': '{{value}}, konfiguriert',
  'policyLookup.own': '{{value}}, für diesen Besitzer gesetzt',
  'policyLookup.from': '{{value}}, von {{owner}}',
  'policyLookup.groups':
    'Gruppen der Person, als zuletzt ein Schlüssel erstellt oder eingetauscht wurde: {{groups}}.',
  'policyLookup.noGroups':
    'Die Person war in keiner Gruppe, als zuletzt ein Schlüssel erstellt oder eingetauscht wurde.',
  'policyLookup.unknownGroups':
    'Für diese Person wurde noch kein Schlüssel erstellt, deshalb sind ihre Gruppen nicht bekannt. Was für diese gesetzt ist, gilt vom ersten Schlüssel an ebenfalls.',

  'policyForm.setTitle': 'Richtlinie setzen',
  'policyForm.editTitle': 'Richtlinie von {{owner}} bearbeiten',
  'policyForm.intro':
    'Was hier nicht gesetzt ist, richtet sich nach den Gruppen der Person und dann nach der Konfiguration.',
  'policyForm.owner': 'Person oder Gruppe',
  'policyForm.unset': 'Nicht gesetzt (konfiguriert: {{value}})',
  'policyForm.unsetAndRuledOut': 'Nicht gesetzt (also verboten)',
  'policyForm.ruledOutHint':
    'Eine längste Geltungsdauer schließt Schlüssel ohne Ablauf aus, wenn sie hier nicht erlaubt sind.',
  'policyForm.kept': '{{value}}, wie bisher',
  'policyForm.daysChoice': 'Eine Anzahl Tage',
  'policyForm.keysChoice': 'Eine Anzahl Schlüssel',
  'policyForm.pluginsChoice': 'Eine Anzahl Plugins',
  'policyForm.forbiddenChoice': 'Diese Plugins',
  'policyForm.plugins': 'Plugins',
  'policyForm.forbiddenPlugins': 'IDs der Plugins',
  'policyForm.forbiddenHint':
    'Kein Schlüssel darf dafür verwendet werden, wann immer er erstellt wurde. Was konfiguriert ist, ist außerdem verboten.',
  'policyForm.days': 'Tage',
  'policyForm.keys': 'Schlüssel',
  'policyForm.effect':
    'Für bestehende Schlüssel gilt sie sofort: Was länger gelten würde, endet früher, oder jetzt, wenn es schon älter ist. Wird sie gelockert, bekommen die Schlüssel das Ende zurück, mit dem sie erstellt wurden. Verbotene Plugins sind für alle geschlossen; die übrigen Beschränkungen werden von neuen Schlüsseln verlangt.',
  'policyForm.submit': 'Speichern',
  'policyForm.outdated':
    'Jemand anders hat die Richtlinie dieses Besitzers inzwischen geändert. Schließen Sie dies, sehen Sie nach, wie sie jetzt lautet, und versuchen Sie es erneut.',
  'policyForm.problem.ownerMissing': 'Wählen Sie die Person oder die Gruppe.',
  'policyForm.problem.ownerKind':
    'Wählen Sie eine Person oder eine Gruppe: Andere haben keine Schlüssel.',
  'policyForm.problem.ownerTaken':
    'Für diesen Besitzer ist schon eine Richtlinie gesetzt. Bearbeiten Sie diese.',
  'policyForm.problem.days': 'Geben Sie eine ganze Zahl an Tagen ein, ab 1.',
  'policyForm.problem.keys':
    'Geben Sie eine ganze Zahl an Schlüsseln ein, von 0 bis 10000.',
  'policyForm.problem.plugins':
    'Geben Sie eine ganze Zahl an Plugins ein, von 1 bis 100.',
  'policyForm.problem.noPlugins': 'Nennen Sie mindestens ein Plugin.',
  'policyForm.problem.longerThanMax':
    'Das Übliche darf nicht länger sein als das Längste.',
  'policyForm.problem.nothing': 'Setzen Sie mindestens eines der Felder.',

  'policyRemoval.title': 'Richtlinie von {{owner}} entfernen?',
  'policyRemoval.set': 'Sie lautet: {{phrases}}.',
  'policyRemoval.effect':
    'Danach gilt, was konfiguriert ist, und für eine Person, was für ihre Gruppen gesetzt ist.',
  'policyRemoval.effectOnKeys':
    'Bestehende Schlüssel folgen sofort und bekommen das Ende zurück, mit dem sie erstellt wurden, soweit das erlaubt ist: Ein Schlüssel, den diese Richtlinie beendet hatte, kann wieder funktionieren, und einer, den nur sie gelten ließ, kann enden. Widerrufene Schlüssel bleiben widerrufen.',
  'policyRemoval.submit': 'Richtlinie entfernen',
} as const;
