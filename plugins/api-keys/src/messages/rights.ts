/** The texts of what a key may do. */
export const rightsMessages = {
  rights: {
    title: 'What the key may do',
    label: 'It may do',
    preset: {
      everything: 'Everything I can do',
      teamEverything: 'Everything {{owner}} can do',
      read: 'Read only',
      'catalog-read': 'Catalog read only',
      mcp: 'MCP client',
      choose: 'Choose…',
    },
    hint: {
      everything:
        'If the key leaks, whoever has it can do all of that. Pick less if less will do.',
      read: 'In every plugin that asks for permission to read, and nothing else there.',
      'catalog-read': 'For scripts and dashboards that look things up.',
      mcp: 'For agents: every tool of the MCP server that needs no more than to read the catalog.',
      choose: 'Plugin by plugin, and permission by permission where you want.',
    },
    required: 'Policy: every key has to be restricted to some plugins.',
    requiredSetFor:
      'Policy of {{source}}: every key has to be restricted to some plugins.',
    maxPlugins_one: 'Policy: {{count}} plugin at most.',
    maxPlugins_other: 'Policy: {{count}} plugins at most.',
    forbidden: 'Policy: no key may be used for {{plugins}}.',
    stricter:
      'Today’s policy or portal does not have all that the key that you copy may do.',
    search: 'Search plugins and permissions',
    plugins: 'Plugins that the key may be used for',
    found: 'No plugin matches.',
    picked_one: '{{count}} of {{total}} plugins picked',
    picked_other: '{{count}} of {{total}} plugins picked',
    pluginForbidden: 'Forbidden by policy',
    amount: 'How much of {{plugin}}',
    grant: {
      everything: 'Everything',
      reading: 'Only reading',
      permissions: 'These permissions',
    },
    permissions: 'Permissions of {{plugin}}',
    problem: {
      nothing: 'Pick at least one plugin.',
      noPermissions: 'Pick at least one permission of each plugin.',
      tooMany_one: 'Pick {{count}} plugin at most.',
      tooMany_other: 'Pick {{count}} plugins at most.',
    },
  },
  rightsSentence: {
    everything: 'Everything you can do',
    ownerEverything: 'Everything {{owner}} can do',
    except: '{{everything}}, except in {{plugins}}',
    nothing: 'Nothing',
    all: 'everything in {{plugins}}',
    reads: 'reads {{plugins}}',
    actions: 'may {{actions}} in {{plugin}}',
    permissions_one: '{{count}} permission in {{plugin}}',
    permissions_other: '{{count}} permissions in {{plugin}}',
    only: '{{parts}}; nothing else',
    pluginRead_one: '{{count}} other plugin',
    pluginRead_other: '{{count}} other plugins',
    pluginWithin_one: '{{count}} other plugin',
    pluginWithin_other: '{{count}} other plugins',
  },
  permissionAction: {
    create: 'create',
    read: 'read',
    update: 'update',
    delete: 'delete',
  },
  /** Plugins by name, as what is read. */
  pluginRead: {
    catalog: 'the catalog',
    scaffolder: 'the scaffolder',
    search: 'search',
    techdocs: 'TechDocs',
    notifications: 'notifications',
    'mcp-actions': 'MCP',
    other: '{{plugin}}',
  },
  /** And as where something is done. */
  pluginWithin: {
    catalog: 'the catalog',
    scaffolder: 'the scaffolder',
    search: 'search',
    techdocs: 'TechDocs',
    notifications: 'notifications',
    'mcp-actions': 'MCP',
    other: '{{plugin}}',
  },
  networks: {
    label: 'Networks (optional)',
    hint: 'From where the key may be used: one address or network on each line, for example 10.0.0.0/8. Empty: from everywhere.',
    problem: '“{{network}}”: {{problem}}',
  },
  keyRights: {
    title: 'What can this key do?',
    table: 'What the key may do in which plugin',
    plugin: 'Plugin',
    may: 'May do',
    reading: 'Reads only',
    actions: 'Only to {{actions}}',
    permissions: 'Only these permissions',
    permissionsFor: 'Only these permissions, and only to {{actions}}',
    forbidden: 'Nothing: the policy forbids keys here',
    unlimited:
      'The key is not restricted. The portal’s permission policy decides, as it does for {{owner}}.',
    limited: 'Within that, the portal’s permission policy decides.',
    checkTitle: 'Check',
    checkIntro:
      'Find out whether a request with this key would be let through.',
    checkPlugin: 'Plugin',
    checkPermission: 'Permission',
    anyPermission: 'Any: may it call the plugin?',
    check: 'Check',
    loading: 'Loading the plugins of this portal',
    loadFailed: 'The plugins of this portal could not be loaded',
    checkFailed: 'It could not be checked',
    allow: 'Allowed',
    deny: 'Not allowed',
    conditional: 'It depends',
    rule: {
      allow: {
        policy:
          'The key is for it, and the permission policy has the last word.',
        permission: 'The key is for it, and the permission policy allows it.',
      },
      conditional:
        'The key is for it, and the permission policy decides case by case.',
      deny: {
        status: 'Because of its status: the key does not work.',
        restriction: 'Because of its restrictions: the key is not for it.',
        policy:
          'Because of the permission policy: the key is for it, but its owner may not do it.',
      },
    },
  },
} as const;
