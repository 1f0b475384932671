const backstageContacts = require('../../scripts/eslint/backstageContacts.cjs');
const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');

module.exports = closedSwitch(
  backstageContacts(require('@backstage/cli/config/eslint-factory')(__dirname)),
);
