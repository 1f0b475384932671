import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEffect, useState } from 'react';

/** Returns true for the signed-in user and their groups; `undefined` while unknown. */
export function useIsOwnEntity(entity: Entity): boolean | undefined {
  const identityApi = useApi(identityApiRef);
  const [refs, setRefs] = useState<string[]>();
  useEffect(() => {
    let current = true;
    identityApi.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => current && setRefs(ownershipEntityRefs),
      // Not signed in.
      () => current && setRefs([]),
    );
    return () => {
      current = false;
    };
  }, [identityApi]);
  const ref = stringifyEntityRef(entity);
  return refs?.some(own => own.toLocaleLowerCase('en-US') === ref);
}
