import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import {
  API_KEY_DESCRIPTION_MAX_LENGTH,
  API_KEY_NAME_MAX_LENGTH,
  API_KEY_PAGE_SIZE_DEFAULT,
  API_KEY_PAGE_SIZE_MAX,
  API_KEY_QUERY_MAX_LENGTH,
} from 'backstage-plugin-api-keys-common';
import { openApiDocument, operations } from './document';

const FILE = resolve(__dirname, '../../openapi.yaml');
const REPOSITORY = resolve(__dirname, '../../../..');

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

  // Gateways treat a 429 as an error of their own.
  it.each(operations.filter(({ id }) => id !== 'verifyRequest'))(
    'documents for $id that it is rate limited, and when to retry',
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
    'documents for $id that it may be unavailable, and when to retry',
    ({ responses }) => {
      expect(responses['503']?.headers).toHaveProperty('Retry-After');
    },
  );

  it('is the source of all generated files, which `yarn openapi` writes', async () => {
    const script = resolve(REPOSITORY, 'scripts/openapi/generate.mjs');
    await expect(
      promisify(execFile)(process.execPath, [script, '--check']),
    ).resolves.toMatchObject({ stderr: '' });
  });

  it('has the limits that the common package exports', () => {
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
