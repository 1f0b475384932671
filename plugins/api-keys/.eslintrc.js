const backstageContacts = require('../../scripts/eslint/backstageContacts.cjs');
const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');
const layers = require('../../scripts/eslint/layers.cjs');

const LAYERS = [
  '.',
  'legacy',
  'home',
  'settings',
  'nav',
  'entity',
  'admin',
  'my-keys',
  'key',
  'create-key',
  'shared',
  'routing',
  'translations',
  'messages',
  'api',
  'backstage',
];

module.exports = layers(
  __dirname,
  LAYERS,
  closedSwitch(
    backstageContacts(
      require('@backstage/cli/config/eslint-factory')(__dirname),
    ),
  ),
);
