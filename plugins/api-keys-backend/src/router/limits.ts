/** The largest body: far above what any request needs. */
export const BODY_LIMIT = '64kb';
