const backstageContacts = require('../../scripts/eslint/backstageContacts.cjs');
const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');
const layers = require('../../scripts/eslint/layers.cjs');

const LAYERS = [
  '.',
  'actions',
  'router',
  'service',
  'notifications',
  'outbox',
  'verification',
  'jobs',
  'policies',
  'permissions',
  'leaks',
  'observability',
  'database',
  'restrictions',
  'openapi',
  'config',
  'lifecycle',
  'backstage',
  'lib',
];

module.exports = layers(
  __dirname,
  LAYERS,
  closedSwitch(
    backstageContacts(
      require('@backstage/cli/config/eslint-factory')(__dirname, {
        rules: {
          // supertest asserts with methods of its requests.
          'jest/expect-expect': [
            'warn',
            { assertFunctionNames: ['expect', '**.expect'] },
          ],
        },
      }),
    ),
  ),
);
