const backstageContacts = require('../../scripts/eslint/backstageContacts.cjs');
const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');
const layers = require('../../scripts/eslint/layers.cjs');

const LAYERS = [
  '.',
  'portal-client',
  'actions',
  'permissions',
  'ownership',
  'http-auth',
  'service',
  'token-handler',
  'caching',
  'authenticator',
  'limits',
  'restrictions',
  'tokens',
  'verification',
  'events',
  'backstage',
  'secret',
  'addresses',
  'config',
  'kit',
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
