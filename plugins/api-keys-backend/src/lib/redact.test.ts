import { inspect } from 'node:util';
import { mockServices } from '@backstage/backend-test-utils';
import { InputError, ResponseError } from '@backstage/errors';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { redact } from './redact';
import { redactingLogger } from './redactingLogger';

const SECRET = generateSecret('bsk');

describe('redact', () => {
  it('removes secrets from texts and names at every depth', () => {
    expect(
      redact({
        a: [SECRET, { b: `see ${SECRET}` }],
        [SECRET]: 1,
        c: null,
        d: false,
        e: undefined,
      }),
    ).toEqual({
      a: ['bsk_[redacted]', { b: 'see bsk_[redacted]' }],
      'bsk_[redacted]': 1,
      c: null,
      d: false,
      e: undefined,
    });
    expect(redact(`?q=${SECRET}`)).toBe('?q=bsk_[redacted]');
  });

  it('removes secrets from all parts of an error, and keeps its class', () => {
    const cause = Object.assign(new Error(`invalid byte in '${SECRET}'`), {
      detail: `Key (name)=(${SECRET})`,
      bindings: [SECRET, 7],
    });
    const error = new InputError(`no ${SECRET}`, cause);
    const redacted = redact(error);
    expect(redacted).toBeInstanceOf(InputError);
    expect(redacted.name).toBe('InputError');
    expect(redacted.message).toContain('no bsk_[redacted]');
    expect(redacted.stack).toContain('redact.test.ts');
    expect(redacted.cause).toMatchObject({ bindings: ['bsk_[redacted]', 7] });
    expect(inspect(redacted, { depth: 9, showHidden: true })).not.toContain(
      SECRET,
    );
  });

  it('removes secrets from responses of other plugins', async () => {
    const body = JSON.stringify({ error: { name: 'E', message: SECRET } });
    const response = new Response(body, {
      status: 500,
      headers: { 'Content-Type': 'application/json' },
    });
    const error = await ResponseError.fromResponse(response as any);
    expect(JSON.stringify(redact(error))).not.toContain(SECRET);
    expect(redact(error).message).not.toContain(SECRET);
  });

  it('returns a value without secrets unchanged, and handles cycles', () => {
    const error = new Error('plain');
    const value = { a: ['b', { c: [] }], error, at: new Date() };
    expect(redact(value)).toBe(value);
    const looped: { name: string; self?: unknown } = { name: SECRET };
    looped.self = looped;
    expect(redact(looped)).toEqual({
      name: 'bsk_[redacted]',
      self: '[circular]',
    });
  });
});

it('the log contains no secret, in messages, fields, errors and children', () => {
  const inner = mockServices.logger.mock();
  inner.child.mockReturnValue(inner);
  const logger = redactingLogger(inner);
  for (const level of ['error', 'warn', 'info', 'debug'] as const) {
    logger[level](`of ${SECRET}`, new Error(SECRET));
    logger.child({ task: SECRET })[level](SECRET, { url: `/?q=${SECRET}` });
    expect(inner[level]).toHaveBeenCalledTimes(2);
    expect(inspect(inner[level].mock.calls, { depth: 9 })).not.toContain(
      SECRET,
    );
  }
  expect(inner.child).toHaveBeenCalledWith({ task: 'bsk_[redacted]' });
});
