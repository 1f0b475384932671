import type { Request, RequestHandler, Response, Router } from 'express';
import { OperationId, operationOf } from '../openapi/document';
import { RequestValidator } from '../openapi/RequestValidator';
import type { Inputs } from '../openapi/generated';
import { OperationKind, runOperation } from '../service/runOperation';

/** Operations that read with `POST`, because their input is a secret or long. */
const READS: readonly OperationId[] = [
  'checkKey',
  'introspectSecret',
  'lookUpKey',
  'lookUpSecret',
];

/** Operations that may change the keys of many owners in many transactions. */
const BULK_CHANGES: readonly OperationId[] = [
  'removeOwnerPolicy',
  'revokeKeys',
  'setOwnerPolicy',
  'transferKeys',
];

/** Answers a request. `input` validates and returns the input of the request, so authenticate the caller before. */
type OperationHandler<Id extends OperationId> = (
  req: Request,
  res: Response,
  input: () => Inputs[Id],
) => Promise<void>;

/**
 * Routes operations of the OpenAPI document by their `operationId`: the document defines the method, the path and the input.
 *
 * @param before - handlers that run before that of the operation
 */
export const operationRoutes =
  (router: Router) =>
  <Id extends OperationId>(
    id: Id,
    handler: OperationHandler<Id>,
    before: RequestHandler[] = [],
  ): void => {
    const operation = operationOf(id);
    const validator = new RequestValidator<Id>(operation);
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[operation.method](path, ...before, (req, res) =>
      runOperation(
        kindOf(id),
        () => handler(req, res, () => validator.parse(req)),
        () => res.headersSent,
      ),
    );
  };

/** Returns true for operations that change nothing. */
export function isReading(id: OperationId): boolean {
  return operationOf(id).method === 'get' || READS.includes(id);
}

function kindOf(id: OperationId): OperationKind {
  if (isReading(id)) return 'read';
  return BULK_CHANGES.includes(id) ? 'bulk-change' : 'change';
}
