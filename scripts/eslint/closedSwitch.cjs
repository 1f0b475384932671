/*
 * Demands of every `switch` that it names all values of a closed type and says so to the compiler: with a `default` that holds
 * `… satisfies never`, a new value does not compile until the `switch` knows it. For values without a closed type, such as
 * strings of a request, there are lookups and `if`.
 *
 * `@typescript-eslint/switch-exhaustiveness-check` would find the same, but needs the types of the whole repository: a minute
 * and more of CPU time, where this costs nothing.
 */
module.exports = {
  // That there is a `default` is what the rule `default-case` checks.
  selector:
    "SwitchStatement[discriminant.operator!='typeof'] > SwitchCase[test=null]:not(:has(TSSatisfiesExpression > TSNeverKeyword))",
  message:
    'List every case, and end in `default: throw new Error(`Unknown …: ${value satisfies never}`)`, so that a new case does not compile until it is handled here. Where the values are not a closed type, use a lookup or if.',
};
