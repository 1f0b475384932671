import { useApi } from '@backstage/core-plugin-api';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { FormDialog } from '../../shared/dialogs/FormDialog';
import { useSubmit } from '../../shared/dialogs/useSubmit';
import { KeyFields } from '../../shared/fields/KeyFields';
import { useTranslation } from '../../translations/useTranslation';
import { initialValues, isValid, toRequest } from './editKeyForm';

type EditKeyDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Changes the name and description of a key. */
export function EditKeyDialog(props: EditKeyDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const [values, setValues] = useState(() => initialValues(apiKey));
  const submission = useSubmit(async () => {
    const request = toRequest(apiKey, values);
    if (Object.keys(request).length > 0) {
      await api.updateKey(apiKey.id, request);
      await onSaved();
    }
    onClose();
  });
  return (
    <FormDialog
      id="api-keys-edit"
      title={t('edit.title')}
      submitLabel={t('edit.submit')}
      submission={submission}
      canSubmit={isValid(values)}
      onClose={onClose}
      ignoresBackdrop
    >
      <KeyFields
        values={values}
        onChange={setValues}
        disabled={submission.busy}
      />
    </FormDialog>
  );
}
