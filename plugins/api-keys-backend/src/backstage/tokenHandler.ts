/*
 * Ref of Backstage's decorator for the handler of tokens between plugins. Depending on it creates our implementation, or the
 * one that has replaced it.
 */
export { pluginTokenHandlerDecoratorServiceRef } from '@backstage/backend-defaults/auth';
