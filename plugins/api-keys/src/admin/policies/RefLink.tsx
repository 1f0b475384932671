import { EntityLink } from '../../shared/ui/EntityLink';

/** A link to somebody in the catalog, in the middle of a sentence; by ref, since names are not unique. */
export const RefLink = ({ entityRef }: { entityRef: string }) => (
  <EntityLink entityRef={entityRef} title={entityRef} underline="always" />
);
