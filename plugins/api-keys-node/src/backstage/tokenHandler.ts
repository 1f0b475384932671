import {
  PluginTokenHandler,
  pluginTokenHandlerDecoratorServiceRef,
} from '@backstage/backend-defaults/auth';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { innerServiceRef } from './innerServiceRef';

/*
 * Backstage's handler of the tokens between plugins. It is asked before every other one about every credential that a plugin
 * authenticates, and for every token with which a plugin calls another one.
 */

export { pluginTokenHandlerDecoratorServiceRef };
export type { PluginTokenHandler };

/** Decorates Backstage's handler before the handler of keys does. By itself, it changes nothing. */
export const innerTokenHandlerDecoratorServiceRef = innerServiceRef(
  pluginTokenHandlerDecoratorServiceRef,
  createServiceFactory({
    service: pluginTokenHandlerDecoratorServiceRef,
    deps: {},
    factory: () => handler => handler,
  }),
);
