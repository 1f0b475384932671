module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  restrictedSyntax: [require('../../scripts/eslint/closedSwitch.cjs')],
  rules: {
    // The scripts at the root of the repository are shared and belong to no package.
    '@backstage/no-relative-monorepo-imports': 'off',
  },
});
