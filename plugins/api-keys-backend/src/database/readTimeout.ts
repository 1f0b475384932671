/**
 * Milliseconds after which a read that requests wait for is given up, together with its connection: if the server is gone, it
 * would wait for the timeout of TCP.
 */
export const READ_TIMEOUT = 3000;

/** Milliseconds for reading one of many pages, which may take a large table longer. */
export const PAGE_TIMEOUT = 15_000;
