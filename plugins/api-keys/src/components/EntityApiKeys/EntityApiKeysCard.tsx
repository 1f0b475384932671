import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import { useIsOwn } from '../../hooks/useIsOwn';
import { useKeyPaths } from '../../hooks/useKeyPaths';
import { useTexts } from '../../hooks/useTexts';
import { AppLink } from '../../routing';
import { EntityKeys } from './EntityKeys';

/** A card beside others has room for so many. */
const SHOWN = 5;

/** The keys of a user or group, for a page of the catalog. Nothing on pages of others: those keys are not for the user. */
export const EntityApiKeysCard = () => {
  const { t } = useTexts();
  const { entity } = useEntity();
  const paths = useKeyPaths();
  if (!useIsOwn(entity)) return null;
  return (
    <EntityInfoCard
      title={t('places.title')}
      footerActions={
        <Link component={AppLink} to={paths.list}>
          {t('places.manage')}
        </Link>
      }
    >
      <EntityKeys entity={entity} limit={SHOWN} />
    </EntityInfoCard>
  );
};
