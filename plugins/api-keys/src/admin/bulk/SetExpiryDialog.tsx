import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogBody } from '../../shared/dialogs/DialogBody';
import { DialogFrame } from '../../shared/dialogs/DialogFrame';
import { LoadError } from '../../shared/states/LoadError';
import { useTranslation } from '../../translations/useTranslation';
import { SetExpiryForm } from './SetExpiryForm';

type SetExpiryDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Changes or removes the expiry of any key. */
export function SetExpiryDialog(props: SetExpiryDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const policy = useAsyncRetry(
    () => api.getOwnerPolicy(apiKey.owner),
    [api, apiKey.owner],
  );
  const title = t('setExpiry.title', { name: apiKey.name });
  return (
    <DialogFrame id="api-keys-set-expiry" onClose={onClose}>
      {policy.value ? (
        <SetExpiryForm
          title={title}
          apiKey={apiKey}
          policy={policy.value}
          onSaved={onSaved}
          onClose={onClose}
        />
      ) : (
        <DialogBody
          title={title}
          buttons={<Button onClick={onClose}>{t('form.cancel')}</Button>}
        >
          {policy.error ? (
            <LoadError
              title={t('setExpiry.policyFailed')}
              error={policy.error}
              onRetry={async () => policy.retry()}
            />
          ) : (
            <div role="status" aria-label={t('setExpiry.policyLoading')}>
              <Skeleton height={48} />
            </div>
          )}
        </DialogBody>
      )}
    </DialogFrame>
  );
}
