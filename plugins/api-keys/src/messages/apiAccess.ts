/** The texts of what the page of an API in the catalog says about keys for it. */
export const apiAccessMessages = {
  apiAccess: {
    title: 'Access with an API key',
    loadFailed: 'What keys are for here could not be loaded',
    intro:
      'Make an API key that carries the scope of this API, and send it with every request as {{header}}',
    scope: 'Scope',
    copy: 'Copy the scope',
    copied: 'Copied.',
    notCopied: 'Your browser did not allow copying.',
    create: 'Create an API key',
    holders: 'API keys for this API',
    holdersIntro:
      'You see them because you own this API or administer API keys.',
    loading: 'Loading the API keys for this API',
    holdersFailed: 'The API keys for this API could not be loaded',
    total_one: '{{count}} key',
    total_other: '{{count}} keys',
    none: 'No API key carries this scope yet.',
    denied: 'You do not see the API keys for this API any more.',
    created: 'Created {{when}}',
    expires: 'Expires {{when}}',
    used: 'Last used {{when}}',
  },
} as const;
