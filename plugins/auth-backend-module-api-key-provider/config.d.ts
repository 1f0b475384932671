export interface Config {
  auth?: {
    providers?: {
      /**
       * Enables the exchange of API keys for short-lived user tokens inside the backend. Without this (empty) entry,
       * API keys do not work.
       */
      'api-key'?: object;
    };
  };
}
