import { ValidateFunction } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Schema } from './document';

const ajv = addFormats(
  new Ajv2020({
    allErrors: true,
    // Errors tell the schema that was not met, and with it the words for it.
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
        // What is checked is what is kept.
        before: 'maxLength',
        validate: normalize,
      },
    ],
    // Says how clients may store a number. Which numbers there are, minimum and maximum say.
    formats: { int32: true },
  }),
  ['date', 'date-time', 'ipv4', 'ipv6', 'uuid'],
);

/** Puts a text into a Unicode form, in place. */
function normalize(
  form: string,
  text: string,
  _schema?: unknown,
  place?: DataValidationCxt,
): boolean {
  if (place) place.parentData[place.parentDataProperty] = text.normalize(form);
  return true;
}

/** Compiles a schema of the document. A keyword or format that is none is an error. */
export function compileSchema(schema: Schema): ValidateFunction {
  return ajv.compile(schema);
}
