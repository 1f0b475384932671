/*
 * APIs of Backstage that may change with each of its releases: alpha ones, and factories and classes of backend-defaults. A package
 * imports each in one file of its folder `src/backstage`, which a test of what Backstage does there stands beside.
 */
const FRAGILE = ['@backstage/*/alpha', '@backstage/backend-defaults/*'];

const RULE = 'no-restricted-imports';

/**
 * Keeps the code of a package, but for its tests, from importing these anywhere else.
 *
 * @param config what Backstage's ESLint factory makes for the package
 */
module.exports = config => {
  const usual = config.rules[RULE];
  const [level, { paths, patterns }] = usual;
  const contacts = {
    group: FRAGILE,
    message:
      'Backstage changes this API between releases: import it in src/backstage, with a test of what it does, and from there.',
  };
  return {
    ...config,
    rules: {
      ...config.rules,
      [RULE]: [level, { paths, patterns: [{ group: patterns }, contacts] }],
    },
    overrides: [
      ...config.overrides,
      {
        files: ['src/backstage/**'],
        excludedFiles: ['**/*.test.*'],
        rules: { [RULE]: usual },
      },
    ],
  };
};
