import fc from 'fast-check';

// Real backends and databases start in these tests, on machines that may be busy.
jest.setTimeout(60_000);

// Repeats a failed run: fast-check prints the seed of each property that fails.
const seed = process.env.FAST_CHECK_SEED;
if (seed) fc.configureGlobal({ seed: Number(seed) });
