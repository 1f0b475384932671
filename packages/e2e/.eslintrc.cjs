const closedSwitch = require('../../scripts/eslint/closedSwitch.cjs');

module.exports = closedSwitch(
  require('@backstage/cli/config/eslint-factory')(__dirname, {
    rules: {
      // The scripts at the root of the repository are shared and belong to no package.
      '@backstage/no-relative-monorepo-imports': 'off',
    },
    overrides: [
      {
        // Apps are imported by no other package and bring their own React.
        files: ['tests/dynamic/apps/*'],
        rules: { '@backstage/no-undeclared-imports': 'off' },
      },
    ],
  }),
);
