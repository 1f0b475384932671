import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog, { DialogProps } from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { ApiKey, UpdateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { FormEvent, useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { SubmitError } from '../../shared/dialogs/SubmitError';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import {
  holdSecret,
  KeyFields,
  KeyFieldValues,
} from '../../shared/fields/KeyFields';
import { useTranslation } from '../../translations/useTranslation';

const TITLE_ID = 'api-keys-edit-title';

/** Only what the user changed: somebody else may have changed the rest meanwhile. */
function changes(apiKey: ApiKey, values: KeyFieldValues): UpdateApiKeyRequest {
  const name = values.name.trim();
  const description = values.description.trim() || null;
  return {
    ...(name !== apiKey.name && { name }),
    ...(description !== apiKey.description && { description }),
  };
}

type EditKeyDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Renames and describes a key. */
export function EditKeyDialog(props: EditKeyDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [values, setValues] = useState<KeyFieldValues>({
    name: apiKey.name,
    description: apiKey.description ?? '',
  });

  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      const request = changes(apiKey, values);
      if (Object.keys(request).length > 0) {
        await api.updateKey(apiKey.id, request);
        await onSaved();
      }
      onClose();
    }, [api, apiKey, values, onSaved, onClose]),
  );

  const canSave = values.name.trim() !== '' && !holdSecret(values);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) submit();
  };
  const closeOnEscape: DialogProps['onClose'] = (_event, reason) => {
    if (reason === 'escapeKeyDown' && !busy) onClose();
  };

  return (
    <Dialog
      open
      onClose={closeOnEscape}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      <form onSubmit={onSubmit} noValidate>
        <DialogTitle id={TITLE_ID}>{t('edit.title')}</DialogTitle>
        <DialogContent>
          <KeyFields values={values} onChange={setValues} disabled={busy} />
          <SubmitError error={error} />
        </DialogContent>
        <DialogButtons>
          <Button onClick={onClose} disabled={busy}>
            {t('form.cancel')}
          </Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={busy || !canSave}
          >
            {t('edit.submit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
