/*
 * Backstage backend that accepts keys, from the sources of this repository; see MeasuredServer.mjs for its
 * configuration.
 *
 *   node server.mjs --config <file>
 */
import { load } from '../backstage.mjs';
import { StatementCounter } from '../statements.mjs';
import { benchPlugin, policy, signIn } from './features.mjs';

const statements = new StatementCounter({ pg: load('pg') });
const { createBackend } = load('@backstage/backend-defaults');

const FEATURES = [
  load('@backstage/plugin-auth-backend').default,
  load('@backstage/plugin-catalog-backend').default,
  load('@backstage/plugin-events-backend').default,
  load('@backstage/plugin-permission-backend').default,
  load('backstage-plugin-api-keys-backend').default,
  signIn,
  policy,
  benchPlugin(statements),
];

const backend = createBackend();
FEATURES.forEach(feature => backend.add(feature));
await backend.start();
