import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import {
  API_KEY_DESCRIPTION_MAX_LENGTH,
  API_KEY_NAME_MAX_LENGTH,
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
  API_KEY_QUERY_MAX_LENGTH,
} from 'backstage-plugin-api-keys-common';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { openApiDocument, operations } from './document';

const FILE = resolve(__dirname, '../../openapi.yaml');

describe('openapi.yaml', () => {
  it('is lint clean by the recommended rules of Redocly', async () => {
    const problems = await lintFromString({
      source: await readFile(FILE, 'utf8'),
      absoluteRef: FILE,
      config: await createConfig({ extends: ['recommended'] }),
    });
    expect(
      problems.map(({ ruleId, message, location }) => ({
        ruleId,
        message,
        at: location[0].pointer,
      })),
    ).toEqual([]);
  });

  // Gateways take a 429 for an error of their own.
  it.each(operations.filter(({ id }) => id !== 'verifyRequest'))(
    'says of $id that it may be asked too often, and when to come back',
    ({ responses }) => {
      expect(Object.keys(responses['429']?.headers ?? {}).sort()).toEqual([
        'RateLimit-Limit',
        'RateLimit-Remaining',
        'RateLimit-Reset',
        'Retry-After',
      ]);
    },
  );

  it.each(operations)(
    'says of $id that it may be out of order, and when to come back',
    ({ responses }) => {
      expect(responses['503']?.headers).toHaveProperty('Retry-After');
    },
  );

  it('is what generated.ts was generated from: `yarn openapi` does it', async () => {
    const types = await openapiTS(pathToFileURL(FILE));
    const generated = await readFile(
      resolve(__dirname, 'generated.ts'),
      'utf8',
    );
    expect(generated).toBe(`${COMMENT_HEADER}${astToString(types)}`);
  });

  it('has the limits that the common package tells', () => {
    expect(openApiDocument).toMatchObject({
      components: {
        parameters: {
          Limit: {
            schema: {
              default: API_KEY_PAGE_SIZE_DEFAULT,
              maximum: API_KEY_PAGE_SIZE_MAX,
            },
          },
        },
        schemas: {
          Name: { maxLength: API_KEY_NAME_MAX_LENGTH },
          Description: { maxLength: API_KEY_DESCRIPTION_MAX_LENGTH },
          SearchText: { maxLength: API_KEY_QUERY_MAX_LENGTH },
        },
      },
    });
  });
});
