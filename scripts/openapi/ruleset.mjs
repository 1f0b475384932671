/*
 * What openapi.yaml is held to: Spectral's rules for OpenAPI and those for OWASP's API Security Top 10. Each exception has its
 * reason beside it.
 */
import { createRequire } from 'node:module';
import { oas } from '@stoplight/spectral-rulesets';

// Node.js cannot import it: it takes names from a CommonJS module that does not say which it has.
const owasp = createRequire(import.meta.url)(
  '@stoplight/spectral-owasp-ruleset',
);

/** A rule of OWASP's that looks only at schemas within these paths of the document, with all references put in place. */
const within = (name, given) => ({ ...owasp.rules[name], given });

/** Everything of a type that requests may hold. */
const inRequests = type => {
  const schema = `[?(@ && (@.type === '${type}' || @.type && @.type.includes && @.type.includes('${type}')))]`;
  return [
    `$.paths[*].parameters..${schema}`,
    `$.paths[*][*].parameters..${schema}`,
    `$.paths[*][*].requestBody..${schema}`,
  ];
};

const LIMITS = {
  'owasp:api4:2023-string-limit': 'string',
  'owasp:api4:2023-array-limit': 'array',
  'owasp:api4:2023-integer-limit': 'integer',
  'owasp:api4:2023-integer-format': 'integer',
};

export const ruleset = {
  extends: [
    [oas, 'recommended'],
    [owasp, 'recommended'],
  ],
  rules: {
    // Limits guard the backend against what is sent to it. What it answers is as long as what it tells of, some of which other
    // plugins make: clients that hold answers to a limit would refuse good ones.
    ...Object.fromEntries(
      Object.entries(LIMITS).map(([name, type]) => [
        name,
        within(name, inRequests(type)),
      ]),
    ),
    // Names and descriptions are for people, in any script. Where a text has a form, it has a pattern or a format.
    'owasp:api4:2023-string-restricted': 'off',
    // The limit of a key says nothing while there is no accepted key.
    'owasp:api4:2023-rate-limit': within(
      'owasp:api4:2023-rate-limit',
      '$.paths[*]..responses[?(@property.match(/^(2|4(?!01))/))]',
    ),
    // Backstage sets it on all answers of all plugins, as `backend.cors` has it.
    'owasp:api8:2023-define-cors-origin': 'off',
    // Whom to ask about a portal is for the portal to say.
    'info-contact': 'off',
    // Most operations are told by their summary.
    'operation-description': 'off',
  },
  overrides: [
    {
      // Gateways take every other status for an error of their own: what would be a 429 is a 403 with Retry-After.
      files: ['**#/paths/~1v1~1verify/get'],
      rules: {
        'owasp:api4:2023-rate-limit': 'off',
        'owasp:api4:2023-rate-limit-responses-429': 'off',
        'owasp:api8:2023-define-error-responses-500': 'off',
        'owasp:api8:2023-define-error-validation': 'off',
      },
    },
    {
      // Who holds a secret may revoke it (RFC 7009). Addresses that ask too often are held up.
      files: ['**#/paths/~1v1~1revoke/post'],
      rules: {
        'owasp:api2:2023-write-restricted': 'off',
        'owasp:api8:2023-define-error-responses-401': 'off',
      },
    },
    {
      // Reports are signed over the bytes of their body, for which OpenAPI has no security scheme.
      files: ['**#/paths/~1v1~1leaks/post'],
      rules: { 'owasp:api2:2023-write-restricted': 'off' },
    },
  ],
};
