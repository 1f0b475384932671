import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEffect, useState } from 'react';

/** Whether an entity is the signed-in user, or a group that the user is in; `undefined` while nobody knows. */
export function useIsOwnEntity(entity: Entity): boolean | undefined {
  const identityApi = useApi(identityApiRef);
  const [refs, setRefs] = useState<string[]>();
  useEffect(() => {
    let current = true;
    identityApi.getBackstageIdentity().then(
      ({ ownershipEntityRefs }) => current && setRefs(ownershipEntityRefs),
      // Nobody is signed in.
      () => current && setRefs([]),
    );
    return () => {
      current = false;
    };
  }, [identityApi]);
  const ref = stringifyEntityRef(entity);
  return refs?.some(own => own.toLocaleLowerCase('en-US') === ref);
}
