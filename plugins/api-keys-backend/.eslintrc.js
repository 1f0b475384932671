const backstageContacts = require('../../scripts/eslint/backstageContacts.cjs');

module.exports = backstageContacts(
  require('@backstage/cli/config/eslint-factory')(__dirname, {
    restrictedSyntax: [require('../../scripts/eslint/closedSwitch.cjs')],
    rules: {
      // supertest asserts with methods of its requests.
      'jest/expect-expect': [
        'warn',
        { assertFunctionNames: ['expect', '**.expect'] },
      ],
    },
  }),
);
