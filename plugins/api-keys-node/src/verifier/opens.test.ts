import { opensOutside } from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { opens } from './opens';

const scopes = fc.uniqueArray(fc.constantFrom('a', 'b', 'A', 'a:b'));

it('a key opens outside of Backstage what the portal says that it opens', () => {
  fc.assert(
    fc.property(scopes, fc.boolean(), scopes, (carried, restricted, asked) => {
      const key = { id: '1', owner: 'ada', subject: 'ada', scopes: carried };
      const accessRestrictions = restricted ? [] : undefined;
      expect(opens({ ...key, restricted }, asked)).toBe(
        opensOutside({ ...key, accessRestrictions }, asked),
      );
    }),
  );
});
