import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback } from 'react';
import { apiKeysApiRef } from '../../api';
import { useNewKey } from '../../hooks/useNewKey';
import { useSubmit } from '../../hooks/useSubmit';
import { isResponseError } from '../../lib/errors';
import { apiKeysTranslationRef } from '../../translation';
import { DialogButtons } from '../DialogButtons';
import { KeyFields } from '../KeyFields';
import { SecretFormProps } from '../SecretDialog';
import { SubmitError } from '../SubmitError';
import { FormSection } from './FormSection';
import { KeyOwnerField } from './KeyOwnerField';
import { PolicySection } from './PolicySection';

const useStyles = makeStyles({
  // What is between title and buttons scrolls; those stay in sight.
  form: { display: 'flex', flexDirection: 'column', minHeight: 0 },
});

/** Asks what a new key is for, whose it is and how long it may last, and makes it. */
export const CreateKeyForm = (
  props: SecretFormProps & {
    titleId: string;
    /** The model of the new key. */
    from?: ApiKey;
    /** Why there is no model. */
    notice?: string;
  },
) => {
  const { titleId, from, notice, onBusy, onCreated, onCancel } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles();
  const api = useApi(apiKeysApiRef);
  const key = useNewKey(from);
  const { limits, request } = key;
  const { me, owner, owners } = limits;

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      if (!request) return;
      onBusy(true);
      try {
        onCreated(await api.createKey(request));
      } finally {
        onBusy(false);
      }
    }, [api, request, onBusy, onCreated]),
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
          <FormSection id="api-keys-rights" title={t('create.rights')}>
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
          times={key.times}
          now={key.now}
          onExpiry={key.setExpiry}
          onInactivity={key.setInactivity}
          disabled={busy}
        />
        <SubmitError
          error={error}
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
};
