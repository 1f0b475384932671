import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A link to somebody in the catalog, by ref: where policies are told apart, names are not enough. */
export const RefLink = ({ entityRef }: { entityRef: string }) => (
  <EntityRefLink
    entityRef={entityRef}
    title={entityRef}
    hideIcon
    disableTooltip
  />
);
