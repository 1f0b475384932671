// Real backends and databases start in these tests, on machines that may be busy with other things.
jest.setTimeout(60_000);

// Repeats a failed run: fast-check prints the seed of each property that fails. Other tests do not load the library.
const seed = process.env.FAST_CHECK_SEED;
if (seed) {
  jest
    .requireActual<typeof import('fast-check')>('fast-check')
    .configureGlobal({ seed: Number(seed) });
}

export {};
