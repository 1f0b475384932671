import { identityApiRef, useApiHolder } from '@backstage/core-plugin-api';
import {
  API_KEYS_SIGNAL_CHANNEL,
  ApiKeysApi,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { useChannel } from '../data/useChannel';
import { KeyEnd } from './attention';
import { AttentionFeed } from './AttentionFeed';

const feeds = new WeakMap<ApiKeysApi, AttentionFeed>();

/** Returns the feed of the app; `undefined` if the app lacks the plugin's API. */
export function useAttentionFeed(): AttentionFeed | undefined {
  const apis = useApiHolder();
  return useMemo(() => {
    const api = apis.get(apiKeysApiRef);
    if (!api) return undefined;
    const identity = apis.get(identityApiRef);
    const feed =
      feeds.get(api) ??
      new AttentionFeed(api, async () =>
        Boolean((await identity?.getCredentials())?.token),
      );
    feeds.set(api, feed);
    return feed;
  }, [apis]);
}

const snapshotOf = (feed: AttentionFeed | undefined) => ({
  ends: feed?.current,
  error: feed?.error,
});

/**
 * Returns the user's keys that expire or go inactive within a week, soonest first. `ends` is undefined until loaded. It
 * polls every few minutes, and refreshes at once on signals.
 */
export function useKeysNeedingAttention(): {
  ends?: KeyEnd[];
  error?: Error;
  retry: () => Promise<void>;
} {
  const feed = useAttentionFeed();
  const [snapshot, setSnapshot] = useState(() => snapshotOf(feed));
  useEffect(() => {
    if (!feed) return undefined;
    const update = () => setSnapshot(snapshotOf(feed));
    update();
    return feed.subscribe(update);
  }, [feed]);
  useChannel(API_KEYS_SIGNAL_CHANNEL, () => feed?.refresh());
  const retry = useCallback(async () => feed?.retry(), [feed]);
  return { ...snapshot, retry };
}
