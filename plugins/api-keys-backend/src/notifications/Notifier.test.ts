import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Notifier } from './Notifier';

it('a notification contains no secret', async () => {
  const send = jest.fn(async () => {});
  const notifier = new Notifier({ notifications: { send } });
  const secret = generateSecret('bsk');
  await notifier.send(['user:default/ada'], {
    title: `“${secret}” expires`,
    description: `Used by curl ${secret}`,
    link: '/api-keys',
    severity: 'normal',
    topic: 'x',
  });
  expect(send).toHaveBeenCalledWith(
    expect.objectContaining({
      payload: expect.objectContaining({
        title: '“bsk_[redacted]” expires',
        description: 'Used by curl bsk_[redacted]',
      }),
    }),
  );
});
