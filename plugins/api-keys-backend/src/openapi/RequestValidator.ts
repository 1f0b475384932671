import { InputError, NotFoundError } from '@backstage/errors';
import { ValidateFunction } from 'ajv';
import type { Request } from 'express';
import { requireNoSecrets } from './requireNoSecrets';
import { compileSchema } from './compileSchema';
import { formatValidationErrors } from './formatValidationErrors';
import { Operation, OperationId, Parameter, Schema } from './document';
import { parseQuery } from './parseQuery';
import type { Inputs } from './generated';

const NO_BODY = {
  'application/json': {
    schema: { type: 'object', additionalProperties: false },
  },
};

type Validated<S extends Schema = Schema> = {
  schema: S;
  readonly validate: ValidateFunction;
};

/** Validates the requests of one operation against the document. */
export class RequestValidator<Id extends OperationId> {
  readonly #path: Validated;
  readonly #query: Validated<ReturnType<typeof schemaOf>>;
  readonly #bodies: Map<string, Validated>;

  constructor({ parameters, requestBody }: Operation) {
    this.#path = validated(schemaOf(parameters.filter(p => p.in === 'path')));
    this.#query = validated(schemaOf(parameters.filter(p => p.in === 'query')));
    this.#bodies = new Map(
      Object.entries(requestBody?.content ?? NO_BODY).map(
        ([mediaType, { schema }]) => [mediaType, validated(schema)],
      ),
    );
  }

  /**
   * @throws NotFoundError for an invalid value in the path
   * @throws InputError that names the field and the problem
   */
  parse(req: Request): Inputs[Id] {
    requireNoSecrets(req.params, this.#path.schema);
    if (!this.#path.validate(req.params)) {
      // Does not repeat the value: it may be a part of a secret.
      const [error] = this.#path.validate.errors ?? [];
      throw new NotFoundError(error?.parentSchema?.['x-message']);
    }
    const query = parseQuery(req.url, this.#query.schema.properties);
    requireValid(this.#query, query);
    requireValid(this.#bodyFor(req), req.body);
    return { path: req.params, query, body: req.body } as Inputs[Id];
  }

  #bodyFor(req: Request): Validated {
    const mediaTypes = [...this.#bodies.keys()];
    const mediaType = hasBody(req) ? req.is(mediaTypes) : mediaTypes.at(-1);
    const body = mediaType && this.#bodies.get(mediaType);
    if (body) return body;
    throw new InputError(
      `the request: must have the Content-Type ${mediaTypes.join(' or ')}`,
    );
  }
}

/** Compiles at the first use: compiling all schemas takes longer than the rest of the plugin's start. */
function validated<S extends Schema>(schema: S): Validated<S> {
  let compiled: ValidateFunction | undefined;
  return {
    schema,
    get validate() {
      compiled ??= compileSchema(schema);
      return compiled;
    },
  };
}

/** Reports a secret before an invalid format, which matters less. */
function requireValid({ schema, validate }: Validated, value: unknown) {
  requireNoSecrets(value, schema);
  if (!validate(value)) {
    throw new InputError(formatValidationErrors(validate.errors ?? []));
  }
  // Checked again after the normalization, which may produce a secret: NFC turns a Kelvin sign into a K.
  requireNoSecrets(value, schema);
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
