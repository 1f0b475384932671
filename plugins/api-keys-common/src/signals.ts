/** Channel of Backstage's signals service on which owners are notified that their keys have changed. @public */
export const API_KEYS_SIGNAL_CHANNEL = 'api-keys';
