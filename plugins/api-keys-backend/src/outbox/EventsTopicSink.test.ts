import { mockServices } from '@backstage/backend-test-utils';
import { EventParams } from '@backstage/plugin-events-node';
import { ApiKeyEventPayload } from 'backstage-plugin-api-keys-node';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { EventsTopicSink } from './EventsTopicSink';

const ADA = 'user:default/ada';

const anEvent = (id: number): StoredKeyEvent => ({
  id,
  at: Date.UTC(2030, 0, 1),
  category: 'AUDIT',
  type: 'created',
  keyId: 'key',
  owner: ADA,
  actor: ADA,
  details: { name: 'ci' },
});

const payloadOf = (payload: unknown) => payload as ApiKeyEventPayload;

describe('EventsTopicSink', () => {
  let logger: ReturnType<typeof mockServices.logger.mock>;
  let publish: jest.Mock<Promise<void>, [EventParams]>;
  let done: jest.Mock;
  let sink: EventsTopicSink;

  beforeEach(() => {
    logger = mockServices.logger.mock();
    publish = jest.fn(async (_: EventParams) => {});
    done = jest.fn(async () => {});
    sink = new EventsTopicSink({ events: { publish }, logger });
  });

  afterEach(() => jest.useRealTimers());

  const deliver = (...events: StoredKeyEvent[]) =>
    sink.deliver(events, { signal: new AbortController().signal, done });
  const published = () =>
    publish.mock.calls.map(([{ eventPayload }]) => payloadOf(eventPayload));
  const ids = () => published().map(({ id }) => id);
  const doneIds = () =>
    done.mock.calls.map(([events]) =>
      events.map((one: StoredKeyEvent) => one.id),
    );

  it('publishes events as the trail holds them', async () => {
    await deliver(anEvent(7));
    expect(publish.mock.calls).toEqual([
      [
        {
          topic: 'api-keys',
          eventPayload: {
            version: 1,
            id: '7',
            at: '2030-01-01T00:00:00.000Z',
            category: 'AUDIT',
            type: 'created',
            keyId: 'key',
            owner: ADA,
            actor: ADA,
            details: { name: 'ci' },
          },
        },
      ],
    ]);
  });

  it('omits an actor that is not known', async () => {
    await deliver({ ...anEvent(1), actor: undefined });
    expect(published()[0]).not.toHaveProperty('actor');
  });

  it('keeps the order, one at a time, and saves each before the next', async () => {
    const steps: string[] = [];
    publish.mockImplementation(async ({ eventPayload }) => {
      steps.push(`publish ${payloadOf(eventPayload).id}`);
    });
    done.mockImplementation(async ([{ id }]) => {
      await new Promise(resolve => setImmediate(resolve));
      steps.push(`done ${id}`);
    });
    await deliver(anEvent(1), anEvent(2));
    expect(steps).toEqual(['publish 1', 'done 1', 'publish 2', 'done 2']);
  });

  it('gives subscribers their own copy of the details', async () => {
    const event = anEvent(1);
    publish.mockImplementationOnce(async ({ eventPayload }) => {
      payloadOf(eventPayload).details.name = 'mine';
    });
    await deliver(event);
    expect(published()[0].details.name).toBe('mine');
    expect(event.details.name).toBe('ci');
  });

  it('stops at an event that cannot be published, and drops it after five attempts', async () => {
    publish.mockRejectedValueOnce(new Error('no bus'));
    publish.mockImplementationOnce(() => {
      throw new Error('no bus at all');
    });
    publish.mockRejectedValue(new Error('no bus'));
    for (let attempt = 1; attempt < 5; attempt++) {
      await expect(deliver(anEvent(1), anEvent(2))).rejects.toThrow('no bus');
    }
    expect(done).not.toHaveBeenCalled();
    await expect(deliver(anEvent(1), anEvent(2))).rejects.toThrow('no bus');
    expect(doneIds()).toEqual([[1]]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    publish.mockResolvedValue();
    await deliver(anEvent(2));
    expect(doneIds()).toEqual([[1], [2]]);
    expect(ids()).toEqual(['1', '1', '1', '1', '1', '2', '2']);
  });

  it('does not wait for a subscriber that hangs', async () => {
    jest.useFakeTimers();
    publish.mockImplementationOnce(() => new Promise(() => {}));
    const delivered = deliver(anEvent(1), anEvent(2));
    await jest.advanceTimersByTimeAsync(24_000);
    expect(ids()).toEqual(['1']);
    await jest.advanceTimersByTimeAsync(1_000);
    await delivered;
    expect(ids()).toEqual(['1', '2']);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('stops when its signal is aborted', async () => {
    const controller = new AbortController();
    done.mockImplementationOnce(async () => controller.abort());
    await sink.deliver([anEvent(1), anEvent(2)], {
      signal: controller.signal,
      done,
    });
    expect(ids()).toEqual(['1']);
  });
});
