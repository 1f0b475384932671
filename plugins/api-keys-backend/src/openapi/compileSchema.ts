import { ValidateFunction } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Schema } from './document';

const ajv = addFormats(
  new Ajv2020({
    allErrors: true,
    // Adds the schema that was not met to errors, and so its `x-message`.
    verbose: true,
    allowUnionTypes: true,
    keywords: [
      'x-message',
      'x-secret',
      {
        keyword: 'x-normalize',
        type: 'string',
        schemaType: 'string',
        modifying: true,
        // Validates the text that is stored.
        before: 'maxLength',
        validate: normalize,
      },
    ],
    // Describes how clients may store a number. The allowed range is in `minimum` and `maximum`.
    formats: { int32: true },
  }),
  ['date', 'date-time', 'ipv4', 'ipv6', 'uuid'],
);

/** Normalizes a text to a Unicode form, in place. */
function normalize(
  form: string,
  text: string,
  _schema?: unknown,
  place?: DataValidationCxt,
): boolean {
  if (place) place.parentData[place.parentDataProperty] = text.normalize(form);
  return true;
}

/** Compiles a schema of the document. An unknown keyword or format is an error. */
export function compileSchema(schema: Schema): ValidateFunction {
  return ajv.compile(schema);
}
