import { ApiKeyEventPayload } from 'backstage-plugin-api-keys-node';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { CustomSinks } from './CustomSinks';

const anEvent = (id: number): StoredKeyEvent => ({
  id,
  at: 0,
  category: 'AUDIT',
  type: 'created',
  keyId: 'key',
  owner: 'user:default/ada',
  details: {},
});
const nothing = async () => {};

describe('CustomSinks', () => {
  it.each(['', 'SIEM', 'a_b', '-a', `a${'b'.repeat(50)}`])(
    'refuse the name %j',
    name => {
      const sinks = new CustomSinks();
      expect(() => sinks.addSink({ name, deliver: nothing })).toThrow(
        'Invalid name of a sink',
      );
    },
  );

  it('refuse a name that is taken', () => {
    const sinks = new CustomSinks();
    const sink = { name: 'siem', deliver: nothing };
    expect(() => sinks.addSink(sink, sink)).toThrow('two sinks');
  });

  it('receive payloads, a hundred at a time, each saved before the next', async () => {
    const sinks = new CustomSinks();
    const steps: string[] = [];
    sinks.addSink({
      name: 'siem',
      eventTypes: ['created'],
      async deliver(events: readonly ApiKeyEventPayload[]) {
        steps.push(`${events[0].id} to ${events.at(-1)!.id}`);
        if (events[0].id === '201') throw new Error('full');
      },
    });
    const [sink] = sinks.sinks;
    expect(sink).toMatchObject({
      name: 'custom:siem',
      eventTypes: ['created'],
    });
    const delivered = sink.deliver(
      Array.from({ length: 250 }, (_, i) => anEvent(i + 1)),
      {
        signal: new AbortController().signal,
        done: async events => {
          steps.push(`saved ${events.length}`);
        },
      },
    );
    await expect(delivered).rejects.toThrow('full');
    expect(steps).toEqual([
      '1 to 100',
      'saved 100',
      '101 to 200',
      'saved 100',
      '201 to 250',
    ]);
  });
});
