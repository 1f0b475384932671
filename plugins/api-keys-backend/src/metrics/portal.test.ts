import { metrics } from '@opentelemetry/api';
import { meter } from '../__testUtils__/metrics';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

describe('the metrics of a portal', () => {
  const { provider, measured } = meter();
  let portal: TestPortal;

  beforeAll(async () => {
    // As an instrumentation.js does, before anything else is loaded.
    metrics.setGlobalMeterProvider(provider);
    portal = await startTestPortal({});
  });

  afterAll(async () => {
    await portal.stop();
    metrics.disable();
  });

  it('tell of requests with a key, also of one that is mistyped, and of the keys', async () => {
    const { secret } = await portal.createKey('ada');
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
    await portal.call('get', '/api/probe/whoami', `${secret}x`).expect(401);

    const verifications = (outcome: string) => ({
      name: 'api_keys.verifications.count',
      labels: { outcome },
      value: expect.any(Number),
    });
    const told = await measured();
    expect(told).toEqual(
      expect.arrayContaining([
        verifications('accepted'),
        { ...verifications('malformed'), value: 1 },
        {
          name: 'api_keys.keys.count',
          labels: { status: 'active' },
          value: 1,
        },
        {
          name: 'api_keys.usage.buffer.size',
          labels: {},
          value: expect.any(Number),
        },
      ]),
    );
    // Whose it is comes from Backstage, the rest from here.
    const own = told.filter(({ name }) => name.startsWith('api_keys.'));
    expect(JSON.stringify(own)).not.toMatch(/ada|bsk_/);
  });
});
