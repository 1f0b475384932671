module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedSyntax: [require('../../scripts/eslint/closedSwitch.cjs')],
});
