import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { useTranslation } from '../translations/useTranslation';
import { EntityKeys } from './EntityKeys';
import { useIsOwnEntity } from './useIsOwnEntity';

/** A card beside others has room for so many. */
const SHOWN = 5;

/** The keys of a user or group, for a page of the catalog. Nothing on pages of others: those keys are not for the user. */
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
