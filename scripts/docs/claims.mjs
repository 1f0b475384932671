/*
 * Maps each code block of the documents to the test that runs it. A block without a claim is a fault, and so is a
 * claim without a block: add the test and an entry here before you add a block.
 *
 * Each page lists, by language, one claim per block, in document order. A claim is
 * - a test file, which reads the block from the page and runs it, or contains it word for word (`sameAs`);
 * - COMMANDS, compiled(…), SETTINGS or TREE: checked by this script (commands.mjs, compile.mjs, settings.mjs);
 * - unchecked(reason).
 */
const BACKEND = 'plugins/api-keys-backend/src';
const ALERTS = `${BACKEND}/observability/metrics/alerts.test.ts`;
const DOCS = `${BACKEND}/integration/docs.test.ts`;
const EXAMPLES = `${BACKEND}/integration/docsExamples.test.ts`;
const DYNAMIC = 'packages/e2e/tests/dynamic-plugins.test.ts';
const DYNAMIC_EXPORT = 'packages/e2e/src/dynamic/exportPlugins.mjs';
const E2E = 'packages/e2e/tests/docs.test.ts';
/** Follows the page in a fresh Backstage app. */
const FRESH_APPS = 'packages/e2e/src/freshApps/instructions.mjs';
const FRONTEND = 'plugins/api-keys/src/docs.test.tsx';
const GATEWAYS = `${BACKEND}/integration/gateways/gateways.test.ts`;
const IMITATED = `${BACKEND}/integration/gateways/imitatedGateways.test.ts`;
const TRAFFIC = `${BACKEND}/integration/gateways/gatewayTraffic.test.ts`;
const INTROSPECTION = `${BACKEND}/integration/introspectionDocs.test.ts`;
const LEAKS = `${BACKEND}/leaks/leaksDocs.test.ts`;
const MCP = `${BACKEND}/actions/mcpDocs.test.ts`;
const RBAC = `${BACKEND}/integration/rbac.test.ts`;
const RESTRICTIONS = `${BACKEND}/integration/restrictionsDocs.test.ts`;
const SCANNING = 'plugins/api-keys-node/src/secret/scanning.test.ts';
const SEVERAL_BACKENDS = `${BACKEND}/integration/severalBackendsDocs.test.ts`;
const SERVICES = `${BACKEND}/integration/servicesDocs.test.ts`;

export const COMMANDS = { by: 'commands' };
export const SETTINGS = { by: 'settings' };
export const TREE = { by: 'tree' };
const compiled = (before, rest) => ({ by: 'compile', before, ...rest });
const sameAs = file => ({ by: 'sameAs', file });
const unchecked = reason => ({ by: 'nobody', reason });
const times = (count, claim) => Array(count).fill(claim);

const FILLED_IN = unchecked('readers fill it in; what it sets, tests set');
const WRITTEN_BY_BENCH = unchecked('a plan of PostgreSQL that the bench wrote');

const IN_BACKEND =
  "import { createBackend } from '@backstage/backend-defaults'; const backend = createBackend();";
const WITH_A_ROBOT = `${IN_BACKEND} declare const robotToken: string;`;
const BESIDE_ROBOTS = [
  IN_BACKEND,
  "import { behindApiKeys } from 'backstage-plugin-api-keys-node';",
  'declare const robots: Parameters<typeof behindApiKeys>[0];',
].join(' ');
const IN_APP = [
  "import { SidebarItem } from '@backstage/core-components';",
  "import { createApp } from '@backstage/frontend-defaults';",
  "import { Route } from 'react-router-dom';",
].join(' ');
const IN_OLD_APP = [
  "import { Grid } from '@material-ui/core';",
  "import { SidebarItem } from '@backstage/core-components';",
  "import { EntityLayout } from '@backstage/plugin-catalog';",
  "import { SettingsLayout, UserSettingsPage } from '@backstage/plugin-user-settings';",
  "import { Route } from 'react-router-dom';",
  "import * as apiKeys from 'backstage-plugin-api-keys/legacy';",
  'const { ApiKeysAdminIcon, ApiKeysAdminPage, ApiKeysIcon, ApiKeysPage, ApiKeysSettings } = apiKeys;',
  'const { EntityApiKeysCard, EntityApiKeysContent, EntityApiScopeCard, HomeApiKeysCard } = apiKeys;',
].join(' ');

/** Claims that cover all blocks of a section, however many it has. */
export const SECTIONS = {
  'README.md': { 'Install it into your Backstage': FRESH_APPS },
  'docs/getting-started.md': {
    Install: sameAs('README.md'),
    'With npm workspaces': FRESH_APPS,
    'In the app': compiled(IN_APP),
    'On the old frontend system': compiled(IN_APP),
  },
};

/** @type {Record<string, Record<string, (string | object)[]>>} */
export const CLAIMS = {
  'README.md': { shell: [COMMANDS, DOCS], text: [DOCS] },
  'CONTRIBUTING.md': { shell: [COMMANDS, COMMANDS, COMMANDS], text: [TREE] },
  'docs/admin.md': {
    shell: [DOCS],
    ts: [`${BACKEND}/integration/adminRoles.test.ts`],
    yaml: [DOCS],
  },
  'docs/api.md': { json: [EXAMPLES] },
  'docs/audit-trail.md': { shell: [DOCS] },
  'docs/email.md': {
    shell: times(4, COMMANDS),
    ts: times(3, compiled(IN_BACKEND)),
    yaml: [SETTINGS, SETTINGS],
  },
  'docs/events.md': {
    ts: [
      `${BACKEND}/integration/events/subscriber.test.ts`,
      `${BACKEND}/outbox/eventSinkDocs.test.ts`,
    ],
    yaml: [`${BACKEND}/outbox/eventSinkDocs.test.ts`],
  },
  'docs/faq.md': { yaml: [`${BACKEND}/integration/docsFaq.test.ts`] },
  'docs/frontend.md': {
    tsx: [
      compiled(),
      compiled(),
      compiled(`${IN_OLD_APP} export default <>`, { after: '</>;' }),
      compiled("import { createApp } from '@backstage/frontend-defaults';"),
      compiled("import { createApp } from '@backstage/app-defaults';"),
      compiled(),
      compiled(),
    ],
    yaml: [FRONTEND, FRONTEND, SETTINGS],
  },
  'docs/gateways.md': {
    text: [unchecked('a drawing')],
    yaml: [GATEWAYS, IMITATED, IMITATED, IMITATED],
    nginx: [GATEWAYS, TRAFFIC],
    caddy: [GATEWAYS, TRAFFIC],
  },
  'docs/getting-started.md': {
    shell: [FILLED_IN, DOCS, DOCS, DOCS, DOCS, MCP, DOCS],
    text: [DOCS, DOCS, DOCS],
  },
  'docs/introspection.md': {
    shell: times(2, INTROSPECTION),
    text: times(2, INTROSPECTION),
    json: [INTROSPECTION],
    yaml: [INTROSPECTION],
  },
  'docs/mcp.md': {
    ts: [compiled(IN_BACKEND), MCP],
    yaml: [SETTINGS, MCP],
    shell: [FILLED_IN, MCP, MCP],
    json: times(4, MCP),
  },
  'docs/offboarding.md': { shell: [DOCS], yaml: [DOCS, DOCS] },
  'docs/operations.md': {
    js: [EXAMPLES],
    shell: [COMMANDS, ALERTS, DOCS],
    sql: [EXAMPLES],
  },
  'docs/performance.md': {
    shell: [COMMANDS],
    text: times(6, WRITTEN_BY_BENCH),
  },
  'docs/policies.md': { shell: [E2E, E2E], json: [EXAMPLES] },
  'docs/rbac.md': {
    ts: [compiled(IN_BACKEND)],
    yaml: [RBAC, RBAC, SETTINGS],
    csv: [RBAC],
    json: [RBAC],
    shell: [RBAC],
    text: [RBAC],
  },
  'docs/restrictions.md': {
    json: times(3, RESTRICTIONS),
    shell: [FILLED_IN, ...times(3, RESTRICTIONS)],
    text: times(3, RESTRICTIONS),
    yaml: [SETTINGS, ...times(3, RESTRICTIONS)],
  },
  'docs/rhdh.md': {
    shell: [
      DYNAMIC_EXPORT,
      unchecked('takes a tool for containers, and a registry'),
    ],
    yaml: times(3, DYNAMIC),
  },
  'docs/rotation.md': {
    shell: [FILLED_IN, ...times(10, E2E)],
    text: times(7, E2E),
  },
  'docs/scopes.md': {
    yaml: [EXAMPLES],
    shell: [
      EXAMPLES,
      unchecked('for a service of the reader; docs/services.md has one'),
    ],
  },
  'docs/secret-scanning.md': {
    text: [SCANNING],
    js: [SCANNING],
    toml: [SCANNING],
    json: [SCANNING],
    shell: [DOCS, LEAKS],
    yaml: [LEAKS],
  },
  'docs/security.md': { shell: [DOCS] },
  'docs/services.md': {
    yaml: [SERVICES],
    json: [SERVICES],
    ts: times(3, SERVICES),
    shell: times(4, SERVICES),
    text: times(4, SERVICES),
  },
  'docs/sign-in-resolvers.md': {
    ts: [sameAs(`${BACKEND}/__testUtils__/directoryOwnership.ts`)],
  },
  'docs/several-backends.md': {
    ts: [compiled(IN_BACKEND)],
    yaml: times(2, SEVERAL_BACKENDS),
    shell: [SEVERAL_BACKENDS],
  },
  'docs/start-up.md': {
    text: [sameAs(`${BACKEND}/observability/startup/startupSummary.test.ts`)],
    ts: [compiled(WITH_A_ROBOT), compiled(BESIDE_ROBOTS)],
  },
  'docs/team-keys.md': { shell: [E2E] },
  'docs/using-keys.md': {
    shell: [DOCS, DOCS],
    text: [DOCS],
    js: [DOCS, DOCS],
  },
  'docs/warnings.md': { yaml: [DOCS] },
  'plugins/api-keys-backend/README.md': {
    shell: [COMMANDS],
    ts: [compiled(IN_BACKEND), compiled()],
    yaml: [SETTINGS],
  },
  'plugins/api-keys-common/README.md': {
    shell: [COMMANDS],
    ts: [
      compiled(
        "declare const discoveryApi: import('@backstage/core-plugin-api').DiscoveryApi; declare const fetchApi: import('@backstage/core-plugin-api').FetchApi;",
      ),
    ],
  },
  'plugins/api-keys-node/README.md': {
    ts: [compiled("import express from 'express'; const app = express();")],
  },
  'plugins/api-keys/README.md': {
    sh: [COMMANDS],
    tsx: [compiled(), compiled("import { Route } from 'react-router-dom';")],
  },
};
