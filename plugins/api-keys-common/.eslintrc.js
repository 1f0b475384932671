const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');

module.exports = closedSwitch(
  require('@backstage/cli/config/eslint-factory')(__dirname),
);
