/** The texts of making a key: the form, and the one sight of its secret. */
export const createMessages = {
  create: {
    title: 'Create an API key',
    copyTitle: 'Create a copy of “{{name}}”',
    copyWord: 'Copy',
    purpose: 'What is it for?',
    subject: 'Who does it act as?',
    networks: 'From where may it be used?',
    time: 'How long does it work?',
    submit: 'Create key',
    limit_one: 'You have reached your limit of {{count}} working key.',
    limit_other: 'You have reached your limit of {{count}} working keys.',
    teamLimit_one: '{{owner}} has reached its limit of {{count}} working key.',
    teamLimit_other:
      '{{owner}} has reached its limit of {{count}} working keys.',
    limitSource: 'It is set for {{source}}.',
    limitAdvice: 'Revoke one that you no longer need first.',
    impossible: 'No key can be made here.',
    missing_one:
      'This key will not act for {{refs}}: your sign-in gives it to you, the catalog does not.',
    missing_other:
      'This key will not act for {{refs}}: your sign-in gives them to you, the catalog does not.',
    policyLoading: 'Loading the limits for new keys',
    policyFailed: 'The limits for new keys could not be loaded',
    outcomeUnknown:
      'The key may have been made all the same. Look at the list before you try again, and revoke a key whose secret you did not get.',
    modelMissing:
      'The key that you want to copy is not there, or not yours to see. You can make a new one here.',
    modelFailed:
      'The key that you want to copy could not be loaded. You can make a new one here. {{reason}}',
    modelOwner:
      'The key that you copy belongs to {{owner}}, for whom you cannot make keys.',
  },
  keyOwner: {
    label: 'Acts as',
    me: 'Me ({{name}})',
    meHint: 'Your own key: nobody else sees it or manages it.',
    teamHint: 'Everybody in {{owner}} sees, rotates and revokes it.',
  },
  expiry: {
    label: 'Expiry',
    hint: 'The key ends then, whether it is used or not.',
    max: '{{duration}} at most.',
    maxSetFor: '{{duration}} at most, set for {{source}}.',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    default: 'Default ({{duration}})',
    date: 'Pick a date',
    never: 'No expiry',
    lastDay: 'Last day',
    dateMissing: 'Pick the last day on which the key should work.',
    dateTooEarly: 'Pick tomorrow or a later day.',
    dateTooLate: 'Keys may last until {{date}} at most.',
    goesInactive:
      'If nobody uses it for {{duration}}, it goes inactive before that.',
    stricter:
      'The key that you copy was made for longer than today’s policy allows.',
    stricterNever:
      'The key that you copy has no expiry, which today’s policy does not allow.',
  },
  keyEnds: {
    unrestricted: {
      mine: 'The key works until {{date}}, acts as you and can do everything that you can do in Backstage.',
      mineNever:
        'The key works until you revoke it, acts as you and can do everything that you can do in Backstage.',
      team: 'The key works until {{date}}, acts as {{owner}} and can do what the team can do in Backstage, nothing personal.',
      teamNever:
        'The key works until somebody in the team revokes it, acts as {{owner}} and can do what the team can do in Backstage, nothing personal.',
    },
    restricted: {
      mine: 'The key works until {{date}} and acts as you, within what it may do.',
      mineNever:
        'The key works until you revoke it and acts as you, within what it may do.',
      team: 'The key works until {{date}} and acts as {{owner}}, within what it may do, and for nothing personal.',
      teamNever:
        'The key works until somebody in the team revokes it and acts as {{owner}}, within what it may do, and for nothing personal.',
    },
  },
  inactivity: {
    label: 'Goes inactive if nobody uses it for',
    none: 'Not set: it may stay unused',
    noneHint: 'A key that nobody needs any more goes on working.',
    default: 'Default ({{duration}})',
    hint: 'Every use starts this time anew. An inactive key is refused until you bring it back.',
    max: '{{duration}} at the latest.',
    maxSetFor: '{{duration}} at the latest, set for {{source}}.',
    pointless: 'The key has ended by then.',
    stricter:
      'The key that you copy may stay unused for longer than today’s policy allows.',
  },
  reveal: {
    title: 'Store the secret of “{{name}}” now',
    once: 'This is the only time that the secret is shown. Put it where you keep passwords; nobody can bring it back.',
    missing: 'This key does not act for {{refs}}.',
    secret: 'Secret',
    copySecret: 'Copy secret',
    use: 'Use it',
    copySnippet: 'Copy snippet',
    done: 'I have stored it',
  },
  snippet: {
    curl: 'curl',
    env: 'Environment variable',
    githubActions: 'GitHub Actions',
    gitlabCi: 'GitLab CI',
    mcp: 'MCP client',
    fetch: 'JavaScript',
  },
  snippetHint: {
    curl: 'Try the key in a terminal: it lists entities of the catalog.',
    outside:
      'Try the key in a terminal, with the address of a service that it is for. Backstage itself refuses it.',
    env: 'For the terminal that you are in. Other tools read the same variable.',
    githubActions:
      'Store the secret as BACKSTAGE_TOKEN under Settings → Secrets and variables → Actions of the repository. It does not belong in the file.',
    gitlabCi:
      'Store the secret as BACKSTAGE_TOKEN, masked, under Settings → CI/CD → Variables of the project. It does not belong in the file.',
    mcp: 'For Claude Code (.mcp.json), Cursor (.cursor/mcp.json) and others alike. The file holds the secret: keep it out of version control.',
    fetch:
      'Reads the secret from the environment variable BACKSTAGE_TOKEN. Not for code that runs in a browser, where everybody could read it.',
  },
} as const;
