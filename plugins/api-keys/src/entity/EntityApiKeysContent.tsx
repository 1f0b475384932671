import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import Paper from '@material-ui/core/Paper';
import { API_KEY_PAGE_SIZE_MAX } from 'backstage-plugin-api-keys-common';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { EmptyState } from '../shared/states/EmptyState';
import { useTranslation } from '../translations/useTranslation';
import { EntityKeys } from './EntityKeys';
import { isGroup } from './isGroup';
import { useIsOwnEntity } from './useIsOwnEntity';

/** Entity tab with the keys of a user or group. */
export function EntityApiKeysContent() {
  const { t } = useTranslation();
  const { entity } = useEntity();
  const paths = useKeyPaths();
  const isOwn = useIsOwnEntity(entity);
  const ofGroup = isGroup(entity);
  if (isOwn === undefined) return null;
  if (!isOwn) {
    return (
      <Paper>
        <EmptyState
          title={t('places.title')}
          text={ofGroup ? t('places.membersOnly') : t('places.selfOnly')}
        />
      </Paper>
    );
  }
  return (
    <EntityInfoCard
      title={t('places.title')}
      footerActions={
        <Link component={AppLink} to={paths.list}>
          {t('places.manage')}
        </Link>
      }
    >
      <Typography color="textSecondary" gutterBottom>
        {ofGroup ? t('places.groupIntro') : t('places.userIntro')}
      </Typography>
      <EntityKeys entity={entity} limit={API_KEY_PAGE_SIZE_MAX} />
    </EntityInfoCard>
  );
}
