const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');

module.exports = closedSwitch(
  require('@backstage/cli/config/eslint-factory')(__dirname, {
    rules: {
      // The scripts at the root of the repository are shared and belong to no package.
      '@backstage/no-relative-monorepo-imports': 'off',
    },
  }),
);
