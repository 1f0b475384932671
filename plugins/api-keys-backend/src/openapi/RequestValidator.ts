import { InputError, NotFoundError } from '@backstage/errors';
import { ValidateFunction } from 'ajv';
import type { Request } from 'express';
import { compileSchema } from './compileSchema';
import { describeErrors } from './describeErrors';
import { Operation, OperationId, Parameter, Schema } from './document';
import { parseQuery } from './parseQuery';
import { Input } from './types';

const NO_BODY = {
  'application/json': {
    schema: { type: 'object', additionalProperties: false },
  },
};

/** Holds the requests of one operation to the document. */
export class RequestValidator<Id extends OperationId> {
  readonly #querySchema: ReturnType<typeof schemaOf>;
  readonly #path: ValidateFunction;
  readonly #query: ValidateFunction;
  readonly #bodies: Map<string, ValidateFunction>;

  constructor({ parameters, requestBody }: Operation) {
    const pathSchema = schemaOf(parameters.filter(p => p.in === 'path'));
    this.#querySchema = schemaOf(parameters.filter(p => p.in === 'query'));
    this.#path = compileSchema(pathSchema);
    this.#query = compileSchema(this.#querySchema);
    this.#bodies = new Map(
      Object.entries(requestBody?.content ?? NO_BODY).map(
        ([mediaType, { schema }]) => [mediaType, compileSchema(schema)],
      ),
    );
  }

  /**
   * @throws NotFoundError for what cannot be in the path
   * @throws InputError that names the field and what is wrong with it
   */
  parse(req: Request): Input<Id> {
    if (!this.#path(req.params)) {
      // Does not repeat what is there: somebody may have put a secret into the path.
      const [error] = this.#path.errors ?? [];
      throw new NotFoundError(error?.parentSchema?.['x-message']);
    }
    const query = parseQuery(req.url, this.#querySchema.properties);
    requireValid(this.#query, query);
    requireValid(this.#bodyFor(req), req.body);
    return { path: req.params, query, body: req.body } as Input<Id>;
  }

  #bodyFor(req: Request): ValidateFunction {
    const mediaTypes = [...this.#bodies.keys()];
    const mediaType = hasBody(req) ? req.is(mediaTypes) : mediaTypes.at(-1);
    const validate = mediaType && this.#bodies.get(mediaType);
    if (validate) return validate;
    throw new InputError(
      `the request: must have the Content-Type ${mediaTypes.join(' or ')}`,
    );
  }
}

function requireValid(validate: ValidateFunction, value: unknown) {
  if (!validate(value)) {
    throw new InputError(describeErrors(validate.errors ?? []));
  }
}

function schemaOf(parameters: Parameter[]) {
  const properties: { [name: string]: Schema } = {};
  for (const { name, schema, 'x-message': message } of parameters) {
    properties[name] = message ? { ...schema, 'x-message': message } : schema;
  }
  return {
    type: 'object',
    additionalProperties: false,
    required: parameters.filter(p => p.required).map(p => p.name),
    properties,
  };
}

function hasBody({ headers }: Request): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0
  );
}
