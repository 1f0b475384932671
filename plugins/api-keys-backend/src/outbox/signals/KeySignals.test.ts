import { mockServices } from '@backstage/backend-test-utils';
import { SignalPayload } from '@backstage/plugin-signals-node';
import { KeySignals } from './KeySignals';

const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';

describe('KeySignals', () => {
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let publish: jest.Mock;
  let signals: KeySignals;

  beforeEach(() => {
    logger = mockServices.logger.mock();
    publish = jest.fn(async () => {});
    signals = new KeySignals({ signals: { publish }, logger });
  });

  const settled = () => new Promise(resolve => setImmediate(resolve));
  const told = () =>
    publish.mock.calls.map(
      ([{ recipients }]: [SignalPayload]) =>
        recipients.type === 'user' && recipients.entityRef,
    );

  it('signals to the owner that something changed, without details', async () => {
    signals.keysUsed([ADA]);
    await settled();
    expect(publish.mock.calls).toEqual([
      [
        {
          recipients: { type: 'user', entityRef: [ADA] },
          channel: 'api-keys',
          message: { action: 'keys-changed' },
        },
      ],
    ]);
  });

  it('signals a transfer to both the old and the new owner', async () => {
    signals.eventsAdded([
      {
        id: 1,
        at: 0,
        category: 'AUDIT',
        type: 'transferred',
        keyId: 'key-1',
        owner: TEAM,
        details: { from: LINUS, to: TEAM },
      },
    ]);
    await settled();
    expect(told()).toEqual([[TEAM, LINUS]]);
  });

  it('does not block, and sends one signal for several changes meanwhile', async () => {
    let deliver = () => {};
    publish.mockImplementationOnce(
      () => new Promise<void>(resolve => (deliver = resolve)),
    );
    expect(signals.keysUsed([ADA])).toBeUndefined();
    signals.keysUsed([ADA]);
    signals.keysUsed([LINUS]);
    signals.keysUsed([ADA]);
    await settled();
    expect(told()).toEqual([[ADA]]);
    deliver();
    await settled();
    expect(told()).toEqual([[ADA], [ADA, LINUS]]);
  });

  it('reaches many owners with few messages', async () => {
    const owners = Array.from({ length: 250 }, (_, i) => `user:default/u${i}`);
    signals.keysUsed(owners);
    await settled();
    expect(told().map(refs => refs && refs.length)).toEqual([100, 100, 50]);
    expect(told().flat()).toEqual(owners);
  });

  it('logs a failure once, and continues', async () => {
    publish.mockRejectedValueOnce(new Error('no bus'));
    publish.mockRejectedValueOnce(new Error('no bus'));
    for (const owner of [ADA, LINUS, ADA]) {
      signals.keysUsed([owner]);
      await settled();
    }
    expect(told()).toEqual([[ADA], [LINUS], [ADA]]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    publish.mockRejectedValueOnce(new Error('no bus again'));
    signals.keysUsed([ADA]);
    await settled();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });
});
