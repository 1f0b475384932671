import { hasRequiredScopes as hasRequiredScopesInPortal } from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { hasRequiredScopes } from './hasRequiredScopes';

const scopes = fc.uniqueArray(fc.constantFrom('a', 'b', 'A', 'a:b'));

it('a key has the scopes outside of Backstage that the portal says it has', () => {
  fc.assert(
    fc.property(scopes, fc.boolean(), scopes, (carried, restricted, asked) => {
      const key = { id: '1', owner: 'ada', subject: 'ada', scopes: carried };
      const accessRestrictions = restricted ? [] : undefined;
      expect(hasRequiredScopes({ ...key, restricted }, asked)).toBe(
        hasRequiredScopesInPortal({ ...key, accessRestrictions }, asked),
      );
    }),
  );
});
