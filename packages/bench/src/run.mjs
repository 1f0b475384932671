/*
 * Measures something, and prints a report of it in Markdown.
 *
 *   yarn bench <inventory|requests|verification> [options]
 *
 * Each of them says at its top what it measures and which options it has.
 */
const BENCHES = ['inventory', 'requests', 'verification'];

const [name] = process.argv.splice(2, 1);
if (BENCHES.includes(name)) {
  await import(`./${name}/run.mjs`);
} else {
  console.error(`Say what to measure: yarn bench <${BENCHES.join('|')}>`);
  process.exitCode = 1;
}
