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

/** The one feed of the app; `undefined` in an app that lacks the plugin's API. */
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
 * The user's keys that expire or go inactive within a week, soonest first. There are no `ends` while nobody knows, and an `error` if
 * they could not be loaded. It looks every few minutes, and at once where Backstage's signals tell of changes.
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
