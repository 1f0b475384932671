export interface Config {
  auth?: {
    providers?: {
      /**
       * Lets API keys be exchanged for short-lived user tokens inside the backend. Without this (empty) entry, API keys
       * do not work.
       */
      'api-key'?: object;
    };
  };
}
