// Tests start real backends and databases, on machines that may be busy.
jest.setTimeout(60_000);
