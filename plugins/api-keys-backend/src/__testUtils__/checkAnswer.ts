import { JsonValue } from '@backstage/types';
import { ValidateFunction } from 'ajv';
import { compileSchema } from '../openapi/compileSchema';
import { Operation, operationsAt, Schema } from '../openapi/document';

const BASE_PATH = '/api/api-keys';

/** Response, from any HTTP client. */
export type Answer = {
  status: number;
  contentType: string | undefined;
  cacheControl: string | undefined;
  etag: string | undefined;
  retryAfter: string | undefined;
  text: string;
};

/** Returns the operation of the document that a request calls. */
export function operationFor(
  method: string,
  pathAndQuery: string,
): Operation | undefined {
  const [path] = pathAndQuery.split('?');
  if (!path.startsWith(BASE_PATH)) return undefined;
  return operationsAt(path.slice(BASE_PATH.length)).find(
    operation => operation.method === method.toLowerCase(),
  );
}

/**
 * Checks a response of the API against the document: a described status and content type, a body with all required and
 * no undescribed fields, Retry-After where it is due, and no permission to cache. Skips paths of other plugins, of
 * Backstage itself and internal ones.
 *
 * @throws Error that names the deviation from the document
 */
export function checkAnswer(
  method: string,
  pathAndQuery: string,
  answer: Answer,
): void {
  const isOurs = pathAndQuery.startsWith(`${BASE_PATH}/`);
  const isInternal = /\/(\.backstage|internal)\//.test(pathAndQuery);
  if (!isOurs || isInternal) return;
  const what = `The answer ${answer.status} to ${method} ${pathAndQuery}`;
  const operation = operationFor(method, pathAndQuery);
  if (!operation) throw new Error(`${what} is of no operation of openapi.yaml`);
  if (answer.cacheControl !== 'no-store' || answer.etag) {
    throw new Error(`${what} may be kept: ${JSON.stringify(answer)}`);
  }
  const response = operation.responses[answer.status];
  if (!response) throw new Error(`${what} is not in openapi.yaml`);
  if (answer.retryAfter && !response.headers?.['Retry-After']) {
    throw new Error(`${what} has Retry-After, which openapi.yaml has not`);
  }
  if ([429, 503].includes(answer.status) && !answer.retryAfter) {
    throw new Error(`${what} does not say when to try again`);
  }
  if (!response.content) {
    if (answer.text) throw new Error(`${what} has a body: ${answer.text}`);
    return;
  }
  const [mediaType] = answer.contentType?.split(';') ?? [];
  const content = response.content[mediaType ?? ''];
  if (!content) throw new Error(`${what} is of the type ${mediaType}`);
  const validate = closedValidator(content.schema);
  const isJson = mediaType === 'application/json';
  if (!validate(isJson ? JSON.parse(answer.text) : answer.text)) {
    const errors = validate.errors?.map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    throw new Error(`${what} is not as in openapi.yaml: ${errors?.join(', ')}`);
  }
}

const closedValidators = new WeakMap<Schema, ValidateFunction>();

/** Compiles each schema once: a compilation takes longer than the request whose response it validates. */
function closedValidator(schema: Schema): ValidateFunction {
  const validate =
    closedValidators.get(schema) ?? compileSchema(closed(schema) as Schema);
  closedValidators.set(schema, validate);
  return validate;
}

/** Clients have to accept new fields in responses; the tests must not. */
function closed(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { properties } = schema;
  return {
    ...(properties ? { additionalProperties: false } : {}),
    ...Object.fromEntries(
      Object.entries(schema).map(([name, value]) => [name, closed(value!)]),
    ),
  };
}
