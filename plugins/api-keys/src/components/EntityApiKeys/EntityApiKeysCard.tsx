import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { useIsOwn } from '../../hooks/useIsOwn';
import { useTexts } from '../../hooks/useTexts';
import { rootRouteRef } from '../../routes';
import { EntityKeys } from './EntityKeys';

/** A card beside others has room for so many. */
const SHOWN = 5;

/** The keys of a user or group, for a page of the catalog. Nothing on pages of others: those keys are not for the user. */
export const EntityApiKeysCard = () => {
  const { t } = useTexts();
  const { entity } = useEntity();
  const pageRoute = useRouteRef(rootRouteRef);
  if (!useIsOwn(entity)) return null;
  return (
    <EntityInfoCard
      title={t('places.title')}
      footerActions={<Link to={pageRoute()}>{t('places.manage')}</Link>}
    >
      <EntityKeys entity={entity} limit={SHOWN} />
    </EntityInfoCard>
  );
};
