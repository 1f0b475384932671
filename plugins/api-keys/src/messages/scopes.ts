/** The texts of what keys are for in services outside of Backstage. */
export const scopesMessages = {
  scopes: {
    title: 'Services outside of Backstage',
    rule: 'A key that is restricted in Backstage opens only what is ticked here; one that is not restricted also opens services that ask for no scope.',
    offered: 'Scopes that the key may carry',
    search: 'Search scopes',
    found: 'No scope matches.',
    apis: 'APIs of the catalog',
    apisHint: 'Type a part of the name.',
    apisLoading: 'Searching the catalog',
    apisNone: 'No API of the catalog matches.',
    apisFailed: 'The catalog could not be searched. {{reason}}',
    leftOut: 'Not on offer in this portal, and left out: {{scopes}}.',
    refused: '“{{scope}}”: {{reason}}',
    none: 'Pick at least one. Without, the key would be for nothing at all.',
    tooMany: 'Pick {{max}} at most.',
    ofList: 'Outside of Backstage: {{scopes}}',
  },
  scopeFilter: {
    label: 'Scope',
    hint: 'reports:read, api:default/…',
    wrong: 'This is not a scope.',
  },
} as const;
