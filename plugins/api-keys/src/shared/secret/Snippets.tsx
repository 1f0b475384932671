import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import { makeStyles } from '@material-ui/core/styles';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { useTranslation } from '../../translations/useTranslation';
import { CopyField } from '../ui/CopyField';
import {
  PortalUrls,
  SnippetKind,
  snippetKinds,
  snippetOf,
} from './snippetTexts';

const useStyles = makeStyles(theme => ({
  // Tabs wrap on narrow screens, so Material UI's indicator cannot be used.
  tabs: { flexWrap: 'wrap' },
  indicator: { display: 'none' },
  tab: {
    minWidth: 'auto',
    padding: theme.spacing(0.75),
    letterSpacing: 'normal',
    // Backstage's dark theme sets white.
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&.Mui-selected': {
      boxShadow: `inset 0 -2px ${theme.palette.primary.main}`,
    },
  },
}));

const tabId = (kind: SnippetKind) => `api-keys-snippet-tab-${kind}`;
const PANEL_ID = 'api-keys-snippet-panel';

type SnippetsProps = {
  secret: string;
  /** Set if the key grants nothing in Backstage. */
  outside?: boolean;
};

/** Snippets that use a secret. Only the selected one is in the document. */
export function Snippets(props: SnippetsProps) {
  const { secret, outside = false } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const discoveryApi = useApi(discoveryApiRef);
  const { value: urls } = useAsync(async (): Promise<PortalUrls> => {
    const [catalog, mcp] = await Promise.all(
      ['catalog', 'mcp-actions'].map(id => discoveryApi.getBaseUrl(id)),
    );
    return { catalog, mcp };
  }, [discoveryApi]);
  const [kind, setKind] = useState<SnippetKind>('curl');

  if (!urls) return null;
  return (
    <section aria-label={t('reveal.use')}>
      <Tabs
        value={kind}
        onChange={(_event, next: SnippetKind) => setKind(next)}
        aria-label={t('reveal.use')}
        classes={{
          flexContainer: classes.tabs,
          indicator: classes.indicator,
        }}
        textColor="primary"
      >
        {snippetKinds(!outside).map(each => (
          <Tab
            key={each}
            id={tabId(each)}
            className={classes.tab}
            value={each}
            label={t(`snippet.${each}`)}
            aria-controls={each === kind ? PANEL_ID : undefined}
          />
        ))}
      </Tabs>
      <Box id={PANEL_ID} role="tabpanel" aria-labelledby={tabId(kind)} pt={1.5}>
        <Typography variant="body2" color="textSecondary" paragraph>
          {outside && kind === 'curl'
            ? t('snippetHint.outside')
            : t(`snippetHint.${kind}`)}
        </Typography>
        {/* Remounts, so that the copy confirmation of one snippet does not stay below another. */}
        <CopyField
          key={kind}
          id="api-keys-snippet"
          label={t(`snippet.${kind}`)}
          copyLabel={t('reveal.copySnippet')}
          value={snippetOf(kind, outside ? undefined : urls, secret)}
        />
      </Box>
    </section>
  );
}
