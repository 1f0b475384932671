import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import manifest from '../../../package.json';
import { findBackendDefaultsVersion } from '../../backstage/installedVersion';
import {
  reportUntestedBackstage,
  requireSupportedBackstage,
} from './checkBackstage';
import { TESTED_BACKSTAGE } from './testedBackstage';

describe('a release of Backstage', () => {
  const logger = mockServices.logger.mock();

  beforeEach(() => jest.clearAllMocks());

  const report = (version: string | undefined) => {
    reportUntestedBackstage(version, logger);
    return {
      info: logger.info.mock.calls.flat(),
      debug: logger.debug.mock.calls.flat(),
    };
  };

  it.each(['0.17.4', '0.16.9', '0.3.0', '0.17.4-next.1'])(
    'that is too old is rejected: %s',
    version => {
      expect(() => requireSupportedBackstage(version)).toThrow(
        `API keys need Backstage 1.53 or newer, which has @backstage/backend-defaults 0.17.5, and this backend runs with ${version}: upgrade Backstage`,
      );
    },
  );

  it.each(['0.17.5', '0.17.10', '0.18.0', '0.19.0', '0.19.0-next.2'])(
    'that was tested is not logged: %s',
    version => {
      requireSupportedBackstage(version);
      expect(report(version)).toEqual({ info: [], debug: [] });
    },
  );

  it.each([
    '0.19.1',
    '0.20.0',
    '0.20.0-next.0',
    '1.0.0',
    '0.0.0-nightly-20261201031233',
  ])('that is newer is logged in one line, with the range: %s', version => {
    requireSupportedBackstage(version);
    expect(report(version)).toEqual({
      info: [
        `This release of Backstage is newer than those that API keys were tested with: it has @backstage/backend-defaults ${version}, and they were tested with Backstage 1.53 to 1.57 (0.17.5 to 0.19.0)`,
      ],
      debug: [],
    });
  });

  it.each([undefined, '', 'workspace:^', 'main'])(
    'that is unknown is never rejected, and logged for those who look: %s',
    version => {
      requireSupportedBackstage(version);
      expect(report(version)).toEqual({
        info: [],
        debug: [
          'The release of Backstage is unknown. API keys were tested with Backstage 1.53 to 1.57',
        ],
      });
    },
  );
});

describe('the range that API keys are tested with', () => {
  it('ends with the release that they are developed on', () => {
    const file = join(__dirname, '../../../../../backstage.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8'));
    expect(version).toContain(`${TESTED_BACKSTAGE.newest.release}.`);
    expect(findBackendDefaultsVersion()).toBe(
      TESTED_BACKSTAGE.newest.backendDefaults,
    );
  });

  it('begins where the packages begin to accept Backstage', () => {
    const range = manifest.peerDependencies['@backstage/backend-defaults'];
    expect(range).toContain(`^${TESTED_BACKSTAGE.oldest.backendDefaults}`);
  });
});
