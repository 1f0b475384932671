/**
 * Types, permissions and client of API keys for Backstage.
 *
 * @packageDocumentation
 */
export * from './generated/types';
export * from './types';
export * from './denials';
export * from './durations';
export * from './events';
export * from './introspection';
export * from './signals';
export * from './limits';
export * from './orders';
export * from './ownerKinds';
export * from './permissions';
export * from './restrictions';
export * from './scopes';
export * from './secrets';
export * from './statuses';
export * from './texts';
export * from './warnings';
export * from './ApiKeysClient';
export { UnexpectedAnswerError } from './answers';
