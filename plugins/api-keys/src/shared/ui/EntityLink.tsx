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
  /** Its name in the catalog, if there is none. */
  title?: string;
  underline?: LinkProps['underline'];
};

/**
 * A link to somebody or something in the catalog, without an icon and a tooltip; text where the app has no page for it.
 *
 * Backstage's `EntityRefLink` is made of React Router, which pages are not to depend on.
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
