// Real backends and databases start in these tests, on machines that may be busy with other things.
jest.setTimeout(60_000);
