/** Largest body of a request, far above what any of them needs. */
export const BODY_LIMIT = '64kb';

/** Largest leak report: some hundred places with long URLs. */
export const LEAKS_BODY_LIMIT = '1mb';
