const RULE = 'import/no-restricted-paths';

/** Files right below `src`, such as the plugin and the entry points. */
const ROOT = '.';

const pathOf = layer =>
  layer === ROOT ? 'src/*.{ts,tsx}' : `src/${layer}/**/*`;

/**
 * Forbids imports from an upper layer, except in tests.
 *
 * @param layers folders of `src` from top to bottom, `.` for the files beside them
 * @param config what Backstage's ESLint factory makes for the package
 */
module.exports = (directory, layers, config) => {
  const zones = layers.slice(1).map((layer, index) => ({
    target: pathOf(layer),
    from: layers.slice(0, index + 1).map(pathOf),
    message: `The layers are, from top to bottom: ${layers.join(
      ', ',
    )}. Move what both need into a lower one.`,
  }));
  return {
    ...config,
    settings: {
      ...config.settings,
      // Without the extensions, no import is resolved and none is forbidden.
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
    },
    rules: {
      ...config.rules,
      [RULE]: ['error', { basePath: directory, zones }],
    },
    overrides: [
      ...config.overrides,
      {
        files: ['**/*.test.*', '**/__testUtils__/**', 'src/setupTests.ts'],
        rules: { [RULE]: 'off' },
      },
    ],
  };
};
