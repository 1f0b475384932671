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

describe('what another plugin answers', () => {
  it.each([401, 500, 502, 503])(
    'is that a part of Backstage is away: %i',
    async status => {
      const error = await answer(status);
      const explained = explainUnavailability(error, 'none');
      expect(explained).toBeInstanceOf(UnavailableError);
      expect(explained).toMatchObject({ change: 'none' });
    },
  );

  it.each([400, 403, 404, 409])('is its own business: %i', async status => {
    const error = await answer(status);
    expect(explainUnavailability(error, 'none')).toBe(error);
  });
});
