import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import request from 'supertest';
import emailFeatureLoader from '.';

const EMAIL = {
  transportConfig: { transport: 'stream' },
  sender: 'portal@example.com',
};

/** Lists the notification channels of a portal. */
async function channelsOf(notifications: object): Promise<string[]> {
  const { server } = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: { app: { baseUrl: 'http://localhost' }, notifications },
      }),
      catalogServiceMock.factory({ entities: [] }),
      notificationsPlugin,
      emailFeatureLoader,
    ],
  });
  const { body } = await request(server)
    .get('/api/notifications/settings')
    .set('Authorization', mockCredentials.user.header());
  return body.channels.map(({ id }: { id: string }) => id);
}

describe('emailFeatureLoader', () => {
  it('sends e-mail where that is configured', async () => {
    expect(await channelsOf({ processors: { email: EMAIL } })).toEqual([
      'Web',
      'Email',
    ]);
  });

  it('does nothing without e-mail settings', async () => {
    expect(await channelsOf({})).toEqual(['Web']);
  });
});
