import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  changesOf,
  CHANGELOG,
  MIGRATIONS,
  releaseSnapshots,
  releasesIn,
} from '../__testUtils__/releaseSnapshots';

describe.each(releaseSnapshots)(
  'the migrations of $version',
  ({ migrations }) => {
    const copy = createMockDirectory();
    const names = Object.keys(migrations);

    it('are the ones that were released', () => {
      expect(changesOf(migrations, MIGRATIONS)).toEqual([]);
    });

    it('must not change or disappear', () => {
      cpSync(MIGRATIONS, copy.path, { recursive: true });
      writeFileSync(join(copy.path, names[0]), '// Something else.', {
        flag: 'a',
      });
      rmSync(join(copy.path, names[1]));
      expect(changesOf(migrations, copy.path)).toEqual([
        `${names[0]} was released, and is changed: add another one instead`,
        `${names[1]} was released, and is missing`,
      ]);
    });
  },
);

describe('releases', () => {
  it('have one snapshot each', () => {
    const changelog = existsSync(CHANGELOG)
      ? readFileSync(CHANGELOG, 'utf8')
      : '';
    const missing = releasesIn(changelog)
      .filter(version => !releaseSnapshots.some(one => one.version === version))
      .map(
        version =>
          `${version} has no snapshot: run \`yarn release:snapshot\`, see "Release" in CONTRIBUTING.md`,
      );
    expect(missing).toEqual([]);
  });

  it('are the headings of the changelog', () => {
    const changelog = `# a-package

## 1.2.0

### Minor Changes

- abc1234: ## 9.9.9 is no heading

## 1.1.0-next.0
`;
    expect(releasesIn(changelog)).toEqual(['1.2.0', '1.1.0-next.0']);
  });
});
