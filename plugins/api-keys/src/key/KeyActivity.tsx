import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { useKeyPaths } from '../routing/useKeyPaths';
import { KeyLinkTarget } from '../shared/audit-trail/KeyLink';
import { TrailTable } from '../shared/audit-trail/TrailTable';
import { PagedList } from '../shared/list/PagedList';
import { PagedListState } from '../shared/list/usePagedList';
import { useErrorText } from '../shared/states/useErrorText';
import { useTranslation } from '../translations/useTranslation';
import { KeySection } from './KeySection';

type KeyActivityProps = {
  id: string;
  state: PagedListState<ApiKeyEvent>;
  onRetry: () => Promise<void>;
  onLoadMore: () => void;
};

/** Events of the key, latest first. */
export function KeyActivity(props: KeyActivityProps) {
  const { id, state, onRetry, onLoadMore } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const paths = useKeyPaths();
  const linkTo = useCallback(
    (keyId: string) => ({
      to: paths.key(keyId),
      label: t('keyTrail.openKey', { id: keyId }),
    }),
    [paths, t],
  );
  const note = (text: string) => (
    <Box p={2}>
      <Typography variant="body2">{text}</Typography>
    </Box>
  );
  return (
    <KeySection title={t('keyTrail.title')} bare>
      <KeyLinkTarget.Provider value={linkTo}>
        <PagedList
          state={state}
          texts={{
            loading: t('keyTrail.loading'),
            loadFailed: t('keyTrail.loadFailed'),
            total: count => t('trail.total', { count }),
          }}
          empty={note(t('keyTrail.empty'))}
          denied={error => note(errorText(error))}
          onRetry={onRetry}
          onLoadMore={onLoadMore}
        >
          {(events, updating) => (
            <TrailTable
              events={events}
              updating={updating}
              ofKey={id}
              onKeyPage
            />
          )}
        </PagedList>
      </KeyLinkTarget.Provider>
    </KeySection>
  );
}
