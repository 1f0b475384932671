import fc from 'fast-check';

// Real backends and databases start in these tests, on machines that may be busy with other things.
jest.setTimeout(60_000);

// To repeat a red run: fast-check prints the seed of each property that fails.
const seed = process.env.FAST_CHECK_SEED;
if (seed) fc.configureGlobal({ seed: Number(seed) });
