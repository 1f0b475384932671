module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    // The scripts of the repository are shared with, and belong to no package.
    '@backstage/no-relative-monorepo-imports': 'off',
  },
  overrides: [
    {
      // Apps, which nobody depends on, and which bring React themselves.
      files: ['tests/dynamic/apps/*'],
      rules: { '@backstage/no-undeclared-imports': 'off' },
    },
  ],
});
