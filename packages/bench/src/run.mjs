/*
 * Runs a benchmark and prints its report in Markdown.
 *
 *   yarn bench <inventory|requests|verification> [options]
 *
 * The comment at the top of each benchmark describes what it measures and its options.
 */
const BENCHES = ['inventory', 'requests', 'verification'];

const [name] = process.argv.splice(2, 1);
if (BENCHES.includes(name)) {
  await import(`./${name}/run.mjs`);
} else {
  console.error(`Say what to measure: yarn bench <${BENCHES.join('|')}>`);
  process.exitCode = 1;
}
