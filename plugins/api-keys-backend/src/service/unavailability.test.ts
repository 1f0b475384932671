import { ResponseError } from '@backstage/errors';
import { UnavailableError } from '../lib/UnavailableError';
import { explainUnavailability } from './unavailability';

const answer = (status: number) =>
  ResponseError.fromResponse({
    status,
    statusText: 'Whatever',
    headers: new Headers(),
    text: async () => '',
  } as any);

describe('the answer of another plugin', () => {
  it.each([401, 500, 502, 503])(
    'means that a part of Backstage is unavailable: %i',
    async status => {
      const error = await answer(status);
      const explained = explainUnavailability(error, 'none');
      expect(explained).toBeInstanceOf(UnavailableError);
      expect(explained).toMatchObject({ change: 'none' });
    },
  );

  it.each([400, 403, 404, 409])('is an error of its own: %i', async status => {
    const error = await answer(status);
    expect(explainUnavailability(error, 'none')).toBe(error);
  });
});
