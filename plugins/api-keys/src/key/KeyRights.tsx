import { useApi } from '@backstage/core-plugin-api';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKey, ownerKindOf } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useResource } from '../shared/data/useResource';
import { grantsOf } from '../shared/restrictions/restrictions';
import { RightsSentence } from '../shared/restrictions/RightsSentence';
import { offersScopes, scopeTitle } from '../shared/restrictions/scopes';
import { useApiTitles } from '../shared/restrictions/useApiTitles';
import { LoadError } from '../shared/states/LoadError';
import { useTranslation } from '../translations/useTranslation';
import { GrantTable } from './GrantTable';
import { KeyCheck } from './KeyCheck';
import { KeyScopes } from './KeyScopes';
import { KeySection } from './KeySection';

const useStyles = makeStyles({
  sentence: { fontWeight: 600, overflowWrap: 'anywhere' },
});

type KeyRightsProps = { apiKey: ApiKey };

/** The rights of a key: a sentence, grants by plugin, scopes, and an access check. */
export function KeyRights({ apiKey }: KeyRightsProps) {
  const { accessRestrictions, owner, scopes } = apiKey;
  const { t } = useTranslation();
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  // The page shows keys of the user and their groups only.
  const isMine = ownerKindOf(owner) === 'user';
  const { primaryTitle: ownerName } = useEntityPresentation(owner);
  const policy = useResource(
    useCallback(() => api.getPolicy(owner), [api, owner]),
  );
  const forbidden = policy.value?.restrictions.forbidden ?? [];
  const grants = grantsOf(accessRestrictions, forbidden);
  const offered = policy.value?.scopes;
  const { titles } = useApiTitles(scopes);
  const titleOf = (scope: string) =>
    scopeTitle(scope, offered?.configured, titles);
  const knowsScopes = scopes.length > 0 || (offered && offersScopes(offered));

  return (
    <KeySection title={t('keyRights.title')}>
      <Typography variant="body2" className={classes.sentence}>
        <RightsSentence
          restrictions={accessRestrictions}
          owner={owner}
          isMine={isMine}
          forbidden={forbidden}
          outside={knowsScopes ? scopes.map(titleOf) : undefined}
        />
      </Typography>
      {accessRestrictions?.length !== 0 && (
        <Typography variant="body2" color="textSecondary">
          {accessRestrictions
            ? t('keyRights.limited')
            : t('keyRights.unlimited', { owner: ownerName })}
        </Typography>
      )}
      {grants.length > 0 && <GrantTable grants={grants} />}
      {scopes.length > 0 && <KeyScopes scopes={scopes} titleOf={titleOf} />}
      <Box mt={2}>
        {policy.error && !policy.value && (
          <LoadError
            title={t('keyRights.loadFailed')}
            error={policy.error}
            onRetry={policy.refresh}
          />
        )}
        {!policy.error && !policy.value && (
          <LinearProgress aria-label={t('keyRights.loading')} />
        )}
        {policy.value && (
          <KeyCheck apiKey={apiKey} plugins={policy.value.plugins} />
        )}
      </Box>
    </KeySection>
  );
}
