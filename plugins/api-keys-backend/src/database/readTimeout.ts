/**
 * After so many milliseconds, a read that requests wait for is given up, and its connection with it: one to a server that is
 * gone would keep them waiting for as long as TCP hopes.
 */
export const READ_TIMEOUT = 3000;

/** The same for one of many pages, which a large table may keep the database busy with. */
export const PAGE_TIMEOUT = 15_000;
