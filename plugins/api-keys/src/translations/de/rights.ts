/** See messages/rights.ts. */
export const rights = {
  'rights.title': 'Was der Schlüssel darf',
  'rights.label': 'Er darf',
  'rights.preset.everything': 'Alles, was ich darf',
  'rights.preset.teamEverything': 'Alles, was {{owner}} darf',
  'rights.preset.read': 'Nur lesen',
  'rights.preset.catalog-read': 'Nur den Katalog lesen',
  'rights.preset.mcp': 'MCP-Client',
  'rights.preset.outside': 'Nichts in Backstage',
  'rights.preset.choose': 'Auswählen …',
  'rights.hint.everything':
    'Gerät der Schlüssel in falsche Hände, können diese all das tun. Wählen Sie weniger, wenn weniger genügt.',
  'rights.hint.read':
    'In jedem Plugin, das nach einer Berechtigung zum Lesen fragt, und dort sonst nichts.',
  'rights.hint.catalog-read':
    'Für Skripte und Dashboards, die etwas nachschlagen.',
  'rights.hint.mcp':
    'Für Agenten: jedes Werkzeug des MCP-Servers, das nicht mehr braucht, als den Katalog zu lesen.',
  'rights.hint.outside':
    'Nur für Dienste außerhalb von Backstage: Wer den Schlüssel dort bekommt, kann hier nichts damit anfangen.',
  'rights.hint.choose':
    'Plugin für Plugin und, wo Sie wollen, Berechtigung für Berechtigung.',
  'rights.required':
    'Richtlinie: Jeder Schlüssel muss auf einige Plugins beschränkt sein.',
  'rights.requiredSetFor':
    'Richtlinie von {{source}}: Jeder Schlüssel muss auf einige Plugins beschränkt sein.',
  'rights.maxPlugins_one': 'Richtlinie: höchstens {{count}} Plugin.',
  'rights.maxPlugins_other': 'Richtlinie: höchstens {{count}} Plugins.',
  'rights.forbidden':
    'Richtlinie: Kein Schlüssel darf für {{plugins}} verwendet werden.',
  'rights.stricter':
    'Die Richtlinie oder das Portal von heute hat nicht alles, was der Schlüssel darf, den Sie kopieren.',
  'rights.search': 'Plugins und Berechtigungen suchen',
  'rights.plugins': 'Plugins, für die der Schlüssel verwendet werden darf',
  'rights.found': 'Kein Plugin passt.',
  'rights.picked_one': '{{count}} von {{total}} Plugins gewählt',
  'rights.picked_other': '{{count}} von {{total}} Plugins gewählt',
  'rights.pluginForbidden': 'Durch Richtlinie verboten',
  'rights.amount': 'Wie viel von {{plugin}}',
  'rights.grant.everything': 'Alles',
  'rights.grant.reading': 'Nur lesen',
  'rights.grant.permissions': 'Diese Berechtigungen',
  'rights.permissions': 'Berechtigungen von {{plugin}}',
  'rights.problem.nothing': 'Wählen Sie mindestens ein Plugin.',
  'rights.problem.noPermissions':
    'Wählen Sie mindestens eine Berechtigung von jedem Plugin.',
  'rights.problem.tooMany_one': 'Wählen Sie höchstens {{count}} Plugin.',
  'rights.problem.tooMany_other': 'Wählen Sie höchstens {{count}} Plugins.',

  'rightsSentence.everything': 'Alles, was Sie dürfen',
  'rightsSentence.everythingInside': 'Alles, was Sie in Backstage dürfen',
  'rightsSentence.ownerEverything': 'Alles, was {{owner}} darf',
  'rightsSentence.ownerEverythingInside':
    'Alles, was {{owner}} in Backstage darf',
  'rightsSentence.except': '{{everything}}, außer {{plugins}}',
  'rightsSentence.nothing': 'Nichts in Backstage',
  'rightsSentence.all': 'alles {{plugins}}',
  'rightsSentence.reads': 'liest {{plugins}}',
  'rightsSentence.actions': 'darf {{plugin}} {{actions}}',
  'rightsSentence.permissions_one': '{{count}} Berechtigung {{plugin}}',
  'rightsSentence.permissions_other': '{{count}} Berechtigungen {{plugin}}',
  'rightsSentence.only': '{{parts}}; sonst nichts',
  'rightsSentence.onlyInside': '{{parts}}; sonst nichts in Backstage',
  'rightsSentence.outside': '{{inside}}; außerhalb: {{services}}',
  'rightsSentence.scopes_one': '{{count}} weiterer Scope',
  'rightsSentence.scopes_other': '{{count}} weitere Scopes',
  'rightsSentence.withoutScope': 'Dienste, die keinen Scope verlangen',
  'rightsSentence.pluginRead_one': '{{count}} weiteres Plugin',
  'rightsSentence.pluginRead_other': '{{count}} weitere Plugins',
  'rightsSentence.pluginWithin_one': 'in {{count}} weiteren Plugin',
  'rightsSentence.pluginWithin_other': 'in {{count}} weiteren Plugins',

  'permissionAction.create': 'erstellen',
  'permissionAction.read': 'lesen',
  'permissionAction.update': 'ändern',
  'permissionAction.delete': 'löschen',

  'pluginRead.catalog': 'den Katalog',
  'pluginRead.scaffolder': 'den Scaffolder',
  'pluginRead.search': 'die Suche',
  'pluginRead.techdocs': 'TechDocs',
  'pluginRead.notifications': 'Benachrichtigungen',
  'pluginRead.mcp-actions': 'MCP',
  'pluginRead.other': '{{plugin}}',
  'pluginWithin.catalog': 'im Katalog',
  'pluginWithin.scaffolder': 'im Scaffolder',
  'pluginWithin.search': 'in der Suche',
  'pluginWithin.techdocs': 'in TechDocs',
  'pluginWithin.notifications': 'in Benachrichtigungen',
  'pluginWithin.mcp-actions': 'in MCP',
  'pluginWithin.other': 'in {{plugin}}',

  'networks.label': 'Netzwerke (freiwillig)',
  'networks.hint':
    'Von wo der Schlüssel verwendet werden darf: in jeder Zeile eine Adresse oder ein Netzwerk, zum Beispiel 10.0.0.0/8. Leer: von überall.',
  'networks.problem': '„{{network}}“: {{problem}}',

  'keyRights.title': 'Was darf dieser Schlüssel?',
  'keyRights.table': 'Was der Schlüssel in welchem Plugin darf',
  'keyRights.plugin': 'Plugin',
  'keyRights.may': 'Darf',
  'keyRights.reading': 'Nur lesen',
  'keyRights.actions': 'Nur {{actions}}',
  'keyRights.permissions': 'Nur diese Berechtigungen',
  'keyRights.permissionsFor':
    'Nur diese Berechtigungen, und nur um zu {{actions}}',
  'keyRights.forbidden': 'Nichts: Die Richtlinie verbietet hier Schlüssel',
  'keyRights.unlimited':
    'Der Schlüssel ist nicht beschränkt. Es entscheidet die Berechtigungsrichtlinie des Portals, wie für {{owner}}.',
  'keyRights.limited':
    'Darin entscheidet die Berechtigungsrichtlinie des Portals.',
  'keyRights.checkTitle': 'Prüfen',
  'keyRights.checkIntro':
    'Finden Sie heraus, ob eine Anfrage mit diesem Schlüssel durchkäme.',
  'keyRights.checkPlugin': 'Plugin',
  'keyRights.checkPermission': 'Berechtigung',
  'keyRights.anyPermission': 'Egal: Darf er das Plugin aufrufen?',
  'keyRights.check': 'Prüfen',
  'keyRights.loading': 'Die Plugins dieses Portals werden geladen',
  'keyRights.loadFailed':
    'Die Plugins dieses Portals konnten nicht geladen werden',
  'keyRights.checkFailed': 'Es konnte nicht geprüft werden',
  'keyRights.allow': 'Erlaubt',
  'keyRights.deny': 'Nicht erlaubt',
  'keyRights.conditional': 'Es kommt darauf an',
  'keyRights.rule.allow.policy':
    'Der Schlüssel ist dafür da; das letzte Wort hat die Berechtigungsrichtlinie.',
  'keyRights.rule.allow.permission':
    'Der Schlüssel ist dafür da, und die Berechtigungsrichtlinie erlaubt es.',
  'keyRights.rule.conditional':
    'Der Schlüssel ist dafür da, und die Berechtigungsrichtlinie entscheidet von Fall zu Fall.',
  'keyRights.rule.deny.status':
    'Wegen seines Status: Der Schlüssel funktioniert nicht.',
  'keyRights.rule.deny.restriction':
    'Wegen seiner Beschränkungen: Der Schlüssel ist nicht dafür da.',
  'keyRights.rule.deny.policy':
    'Wegen der Berechtigungsrichtlinie: Der Schlüssel ist dafür da, aber sein Besitzer darf es nicht.',
} as const;
