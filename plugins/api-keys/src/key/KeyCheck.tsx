import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ApiKey,
  ApiKeyCheck,
  ApiKeyAvailablePlugin,
} from 'backstage-plugin-api-keys-common';
import { FormEvent, useId, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { SubmitError } from '../shared/dialogs/SubmitError';
import { useSubmit } from '../shared/dialogs/useSubmit';
import { useTranslation } from '../translations/useTranslation';
import { CheckField } from './CheckField';
import { CheckVerdict } from './CheckVerdict';

const useStyles = makeStyles(theme => ({
  fields: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1.5),
  },
}));

type KeyCheckProps = {
  apiKey: ApiKey;
  plugins: ApiKeyAvailablePlugin[];
};

/** Checks if a key can be used for a plugin or permission. */
export function KeyCheck(props: KeyCheckProps) {
  const { apiKey, plugins } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const titleId = useId();
  const api = useApi(apiKeysApiRef);
  const [plugin, setPlugin] = useState(plugins[0]?.pluginId ?? '');
  const [permission, setPermission] = useState('');
  const [answer, setAnswer] = useState<{
    check: ApiKeyCheck;
    ofPermission: boolean;
  }>();
  const permissions =
    plugins.find(({ pluginId }) => pluginId === plugin)?.permissions ?? [];

  const { submit, busy, error } = useSubmit(async () => {
    setAnswer(undefined);
    const check = await api.checkKey(apiKey.id, {
      plugin,
      ...(permission && { permission }),
    });
    setAnswer({ check, ofPermission: permission !== '' });
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <form onSubmit={onSubmit} aria-labelledby={titleId}>
      <Typography id={titleId} variant="subtitle2" component="h4">
        {t('keyRights.checkTitle')}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {t('keyRights.checkIntro')}
      </Typography>
      <div className={classes.fields}>
        <CheckField
          id="api-keys-check-plugin"
          label={t('keyRights.checkPlugin')}
          value={plugin}
          options={plugins.map(({ pluginId }) => [pluginId, pluginId])}
          onChange={next => {
            setPlugin(next);
            setPermission('');
            setAnswer(undefined);
          }}
        />
        <CheckField
          id="api-keys-check-permission"
          label={t('keyRights.checkPermission')}
          value={permission}
          options={[
            ['', t('keyRights.anyPermission')],
            ...permissions.map(({ name }): [string, string] => [name, name]),
          ]}
          onChange={next => {
            setPermission(next);
            setAnswer(undefined);
          }}
        />
        <Button type="submit" variant="outlined" disabled={busy || !plugin}>
          {t('keyRights.check')}
        </Button>
      </div>
      <SubmitError error={error} />
      <div role="status">{answer && <CheckVerdict {...answer} />}</div>
    </form>
  );
}
