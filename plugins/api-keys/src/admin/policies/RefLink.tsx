import { EntityLink } from '../../shared/ui/EntityLink';

type RefLinkProps = { entityRef: string };

/** An inline link to an entity. It shows the ref, since titles are not unique. */
export function RefLink({ entityRef }: RefLinkProps) {
  return (
    <EntityLink entityRef={entityRef} title={entityRef} underline="always" />
  );
}
