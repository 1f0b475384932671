/*
 * Rules for openapi.yaml: Spectral's rules for OpenAPI and those for OWASP's API Security Top 10. Each exception
 * states its reason.
 */
import { createRequire } from 'node:module';
import { oas } from '@stoplight/spectral-rulesets';

// Node.js cannot import it: it imports names from a CommonJS module that does not declare them.
const owasp = createRequire(import.meta.url)(
  '@stoplight/spectral-owasp-ruleset',
);

/** Limits an OWASP rule to the schemas at these paths of the resolved document. */
const within = (name, given) => ({ ...owasp.rules[name], given });

/** Matches every schema of a type within requests. */
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
    // Length limits protect the backend from large requests. Responses contain data of unbounded length, some of it
    // from other plugins: clients that validate responses against a limit would reject valid ones.
    ...Object.fromEntries(
      Object.entries(LIMITS).map(([name, type]) => [
        name,
        within(name, inRequests(type)),
      ]),
    ),
    // Names and descriptions may use any script. Texts with a fixed form have a pattern or a format.
    'owasp:api4:2023-string-restricted': 'off',
    // A key's rate limit applies only once a key is accepted.
    'owasp:api4:2023-rate-limit': within(
      'owasp:api4:2023-rate-limit',
      '$.paths[*]..responses[?(@property.match(/^(2|4(?!01))/))]',
    ),
    // Backstage sets CORS headers on the responses of all plugins, as configured in `backend.cors`.
    'owasp:api8:2023-define-cors-origin': 'off',
    // Contact details are up to the operator of the portal.
    'info-contact': 'off',
    // For most operations, the summary is description enough.
    'operation-description': 'off',
  },
  overrides: [
    {
      // Gateways treat every other status as an error of their own, so a 429 is sent as a 403 with Retry-After.
      files: ['**#/paths/~1v1~1verify/get'],
      rules: {
        'owasp:api4:2023-rate-limit': 'off',
        'owasp:api4:2023-rate-limit-responses-429': 'off',
        'owasp:api8:2023-define-error-responses-500': 'off',
        'owasp:api8:2023-define-error-validation': 'off',
      },
    },
    {
      // Possession of a secret is enough to revoke it (RFC 7009). Requests are rate-limited by address.
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
