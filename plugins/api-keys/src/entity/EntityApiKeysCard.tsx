import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { useTranslation } from '../translations/useTranslation';
import { EntityKeys } from './EntityKeys';
import { useIsOwnEntity } from './useIsOwnEntity';

/** Number of keys that a card lists. */
const SHOWN = 5;

/** Entity card with the keys of a user or group. Empty for entities that are not the user or one of their groups. */
export function EntityApiKeysCard() {
  const { t } = useTranslation();
  const { entity } = useEntity();
  const paths = useKeyPaths();
  if (!useIsOwnEntity(entity)) return null;
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
}
