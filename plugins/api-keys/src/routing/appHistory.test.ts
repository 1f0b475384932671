import { coreApis } from '@backstage/frontend-plugin-api';
import { appHistoryApiRef } from './appHistory';

describe('appHistoryApiRef', () => {
  it('has the id that Backstage gives the history of the app', () => {
    expect(appHistoryApiRef.id).toBe(coreApis.appHistory.id);
  });
});
