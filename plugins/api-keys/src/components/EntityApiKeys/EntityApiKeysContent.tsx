import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';
import Paper from '@material-ui/core/Paper';
import { API_KEY_PAGE_SIZE_MAX } from 'backstage-plugin-api-keys-common';
import { useIsOwn } from '../../hooks/useIsOwn';
import { useKeyPaths } from '../../hooks/useKeyPaths';
import { useTexts } from '../../hooks/useTexts';
import { isGroup } from '../../lib/isGroup';
import { AppLink } from '../../routing';
import { StateMessage } from '../StateMessage';
import { EntityKeys } from './EntityKeys';

/** The keys of a user or group, for a tab of its own in the catalog. */
export const EntityApiKeysContent = () => {
  const { t } = useTexts();
  const { entity } = useEntity();
  const paths = useKeyPaths();
  const isOwn = useIsOwn(entity);
  const ofGroup = isGroup(entity);
  if (isOwn === undefined) return null;
  if (!isOwn) {
    return (
      <Paper>
        <StateMessage
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
};
