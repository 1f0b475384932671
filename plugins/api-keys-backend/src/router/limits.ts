/** The largest body: far above what any request needs. */
export const BODY_LIMIT = '64kb';

/** The largest leak report: some hundred places, with long addresses. */
export const LEAKS_BODY_LIMIT = '1mb';
