import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isResponseError } from '../shared/data/errors';
import { DialogButtons } from '../shared/dialogs/DialogButtons';
import { SubmitError } from '../shared/dialogs/SubmitError';
import { useSubmit } from '../shared/dialogs/useSubmit';
import { KeyFields } from '../shared/fields/KeyFields';
import { SecretFormProps } from '../shared/secret/SecretDialog';
import { useErrorText } from '../shared/states/useErrorText';
import { useTranslation } from '../translations/useTranslation';
import { entryProblems, isAboutEntries } from './entryErrors';
import { FormSection } from './FormSection';
import { KeyOwnerField } from './KeyOwnerField';
import { PolicySection } from './limits/PolicySection';
import { networksIn } from './networks';
import { NetworksField } from './NetworksField';
import { useNewKey } from './useNewKey';

const useStyles = makeStyles({
  // What is between title and buttons scrolls; those stay in sight.
  form: { display: 'flex', flexDirection: 'column', minHeight: 0 },
});

type CreateKeyFormProps = SecretFormProps & {
  titleId: string;
  /** The model of the new key. */
  from?: ApiKey;
  /** What the new key is for outside of Backstage, unless the user says otherwise. */
  scopes?: readonly string[];
  /** Why there is no model. */
  notice?: string;
};

/** Asks what a new key is for, whose it is and how long it may last, and makes it. */
export function CreateKeyForm(props: CreateKeyFormProps) {
  const { titleId, from, notice, onBusy, onCreated, onCancel } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const errorText = useErrorText();
  const api = useApi(apiKeysApiRef);
  const key = useNewKey(from, props.scopes);
  const { limits, request, networks, scopes } = key;
  const { me, owner, owners } = limits;

  // What was sent last: what is said of it does not hold for what is typed after that.
  const [sent, setSent] = useState({ networks: '', scopes: [] as string[] });
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (!request) return;
      onBusy(true);
      setSent({ networks, scopes: request.scopes ?? [] });
      try {
        onCreated(await api.createKey(request));
      } finally {
        onBusy(false);
      }
    }, [api, request, networks, onBusy, onCreated]),
  );

  const message = error && isResponseError(error) ? errorText(error) : '';
  const isOfEntries = isAboutEntries(message, ['allowedIps', 'scopes']);
  const networkProblems =
    networks === sent.networks
      ? entryProblems('allowedIps', message, networksIn(networks))
      : [];
  const scopeProblems = entryProblems('scopes', message, sent.scopes).filter(
    ({ entry }) => scopes.chosen.includes(entry),
  );

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };

  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <DialogTitle id={titleId}>
        {from ? t('create.copyTitle', { name: from.name }) : t('create.title')}
      </DialogTitle>
      <DialogContent>
        {notice && (
          <Box mb={2}>
            <Alert severity="warning">{notice}</Alert>
          </Box>
        )}
        <FormSection id="api-keys-purpose" title={t('create.purpose')}>
          <KeyFields
            values={key.values}
            onChange={key.setValues}
            disabled={busy}
          />
        </FormSection>
        {me && owner && owners.length > 1 && (
          <FormSection id="api-keys-subject" title={t('create.subject')}>
            <KeyOwnerField
              me={me}
              owners={owners}
              value={owner}
              onChange={key.setOwner}
              disabled={busy}
            />
          </FormSection>
        )}
        {from && me && !owners.includes(from.owner) && (
          <Box mb={2}>
            <Typography variant="body2" color="textSecondary">
              {t('create.modelOwner', { owner: from.owner })}
            </Typography>
          </Box>
        )}
        <PolicySection
          limits={limits}
          terms={key.terms}
          scopes={scopes}
          scopeProblems={scopeProblems}
          now={key.now}
          onExpiry={key.setExpiry}
          onInactivity={key.setInactivity}
          onRights={key.setRights}
          disabled={busy}
        >
          <FormSection id="api-keys-from" title={t('create.networks')}>
            <NetworksField
              value={networks}
              problems={networkProblems}
              onChange={key.setNetworks}
              disabled={busy}
            />
          </FormSection>
        </PolicySection>
        <SubmitError
          error={isOfEntries ? undefined : error}
          advice={
            error && !isResponseError(error) && t('create.outcomeUnknown')
          }
        />
      </DialogContent>
      <DialogButtons>
        <Button onClick={onCancel} disabled={busy}>
          {t('form.cancel')}
        </Button>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={busy || !request}
        >
          {t('create.submit')}
        </Button>
      </DialogButtons>
    </form>
  );
}
