import { EntityLink } from '../../shared/ui/EntityLink';

type RefLinkProps = { entityRef: string };

/** A link to somebody in the catalog, in the middle of a sentence; by ref, since names are not unique. */
export function RefLink({ entityRef }: RefLinkProps) {
  return (
    <EntityLink entityRef={entityRef} title={entityRef} underline="always" />
  );
}
