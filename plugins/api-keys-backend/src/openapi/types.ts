import type { operations } from './generated';
import { OperationId } from './document';

type Parameters<Id extends OperationId> = operations[Id]['parameters'];

type Body<Id extends OperationId> = operations[Id] extends {
  requestBody?: { content: infer Content };
}
  ? Content[keyof Content]
  : never;

/** What a request brings along, once it is known to be as the document has it. */
export type Input<Id extends OperationId> = {
  path: NonNullable<Parameters<Id>['path']>;
  query: NonNullable<Parameters<Id>['query']>;
  body: Body<Id>;
};
