/** The longest name, in characters (Unicode code points). @public */
export const API_KEY_NAME_MAX_LENGTH = 100;

/** The longest description, in characters (Unicode code points). @public */
export const API_KEY_DESCRIPTION_MAX_LENGTH = 1000;

/** The longest search text, in characters (Unicode code points). @public */
export const API_KEY_QUERY_MAX_LENGTH = 200;

/** The most scopes of a key. @public */
export const API_KEY_SCOPES_MAX = 50;

/** The longest scope, in characters. @public */
export const API_KEY_SCOPE_MAX_LENGTH = 200;

/** Keys on a page if the caller does not say. @public */
export const API_KEY_PAGE_SIZE_DEFAULT = 50;

/** The most keys on a page. @public */
export const API_KEY_PAGE_SIZE_MAX = 200;

/** How far a list is counted: of more keys than that, its total is this. @public */
export const API_KEY_TOTAL_MAX = 10_000;
