const RULE = 'no-restricted-syntax';

const CLOSED_SWITCH = {
  // That there is a `default` is what the rule `default-case` checks.
  selector:
    "SwitchStatement[discriminant.operator!='typeof'] > SwitchCase[test=null]:not(:has(TSSatisfiesExpression > TSNeverKeyword))",
  message:
    'List every case, and end in `default: throw new Error(`Unknown …: ${value satisfies never}`)`, so that a new case does not compile until it is handled here. Where the values are not a closed type, use a lookup or if.',
};

/** Adds to a rule where there is one: ESLint takes the last list that it finds for a file, and not all of them. */
const added = rules =>
  rules?.[RULE]
    ? { ...rules, [RULE]: ['error', ...rules[RULE].slice(1), CLOSED_SWITCH] }
    : rules;

/**
 * Demands of every `switch` of a package that it names all values of a closed type and says so to the compiler: with a `default`
 * that holds `… satisfies never`, a new value does not compile until the `switch` knows it. For values without a closed type,
 * such as strings of a request, there are lookups and `if`.
 *
 * `@typescript-eslint/switch-exhaustiveness-check` would find the same, but needs the types of the whole repository: a minute
 * and more of CPU time, where this costs nothing.
 *
 * @param config what Backstage's ESLint factory makes for the package
 */
module.exports = config => ({
  ...config,
  rules: added(config.rules),
  overrides: config.overrides.map(override => ({
    ...override,
    rules: added(override.rules),
  })),
});
