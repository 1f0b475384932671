import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import type { Inputs } from './generated';

export type OperationId = keyof Inputs;

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** A JSON Schema (2020-12), as far as this plugin reads one. */
export type Schema = JsonObject & {
  type?: string | string[];
  properties?: { [name: string]: Schema };
};

export type Content = { [mediaType: string]: { schema: Schema } };

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
  'x-message'?: string;
};

/** An operation, with all references of the document resolved. */
export type Operation = {
  id: OperationId;
  method: Method;
  /** As in the document: `/v1/keys/{id}`. */
  path: string;
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: {
    [status: string]: { content?: Content; headers?: JsonObject };
  };
};

/** The description of the HTTP API. */
export const openApiDocument: JsonObject = parse(
  readFileSync(
    resolvePackagePath('backstage-plugin-api-keys-backend', 'openapi.yaml'),
    'utf8',
  ),
);

export const operations: readonly Operation[] = readOperations();

export function operationOf(id: OperationId): Operation {
  const operation = operations.find(candidate => candidate.id === id);
  if (!operation) throw new Error(`openapi.yaml has no operation ${id}`);
  return operation;
}

/** Returns the operations at a path, for all methods. */
export function operationsAt(path: string): Operation[] {
  return operations.filter(operation => patternOf(operation).test(path));
}

function patternOf({ path }: Operation): RegExp {
  const escaped = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${escaped}$`);
}

function readOperations(): Operation[] {
  const paths = dereference(openApiDocument.paths!) as JsonObject;
  return Object.entries(paths).flatMap(([path, item]) => {
    const { parameters: shared = [], ...rest } = item as JsonObject;
    return METHODS.filter(method => rest[method]).map(method => {
      const { operationId, parameters, ...operation } = rest[
        method
      ] as JsonObject;
      return {
        ...operation,
        id: operationId,
        method,
        path,
        parameters: [
          ...(shared as JsonArray),
          ...((parameters as JsonArray) ?? []),
        ],
      } as Operation;
    });
  });
}

/** Resolves references; properties next to a reference override the referenced ones. */
function dereference(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(dereference);
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, ...own } = value;
  const target = typeof $ref === 'string' ? dereference(lookUp($ref)) : {};
  const entries = Object.entries(own).map(([name, property]) => [
    name,
    dereference(property!),
  ]);
  return { ...(target as JsonObject), ...Object.fromEntries(entries) };
}

function lookUp(ref: string): JsonValue {
  return ref
    .replace('#/', '')
    .split('/')
    .reduce<JsonValue | undefined>(
      (value, name) => (value as JsonObject)[name],
      openApiDocument,
    )!;
}
