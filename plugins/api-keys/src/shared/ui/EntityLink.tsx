import {
  EntityDisplayName,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import Link, { LinkProps } from '@material-ui/core/Link';
import { AppLink } from '../../routing/AppLink';
import { useRoutePath } from '../../routing/useRoutePath';

type EntityLinkProps = {
  entityRef: string;
  /** Defaults to the name of the entity. */
  title?: string;
  underline?: LinkProps['underline'];
};

/**
 * A link to an entity, without icon and tooltip; plain text if the app has no entity page.
 *
 * Not Backstage's `EntityRefLink`, which depends on React Router.
 */
export function EntityLink(props: EntityLinkProps) {
  const { entityRef, title, underline } = props;
  const entityRoute = useRoutePath(entityRouteRef);
  const content = title ?? (
    <EntityDisplayName entityRef={entityRef} hideIcon disableTooltip />
  );
  if (!entityRoute) return <>{content}</>;
  return (
    <Link
      component={AppLink}
      to={entityRoute(entityRouteParams(entityRef, { encodeParams: true }))}
      underline={underline}
    >
      {content}
    </Link>
  );
}
