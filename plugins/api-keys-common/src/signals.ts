/** The channel of Backstage's signals on which owners hear that their keys have changed. @public */
export const API_KEYS_SIGNAL_CHANNEL = 'api-keys';
