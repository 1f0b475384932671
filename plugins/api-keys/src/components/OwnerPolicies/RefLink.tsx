import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** A link to somebody in the catalog, in the middle of a sentence; by ref, since names are not unique. */
export const RefLink = ({ entityRef }: { entityRef: string }) => (
  <EntityRefLink
    entityRef={entityRef}
    title={entityRef}
    underline="always"
    hideIcon
    disableTooltip
  />
);
