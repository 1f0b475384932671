import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Skeleton from '@material-ui/lab/Skeleton';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { DialogButtons } from '../../shared/dialogs/DialogButtons';
import { LoadError } from '../../shared/states/LoadError';
import { useTranslation } from '../../translations/useTranslation';
import { SetExpiryForm } from './SetExpiryForm';

const TITLE_ID = 'api-keys-set-expiry-title';

type SetExpiryDialogProps = {
  apiKey: ApiKey;
  /** Runs after the change and before the dialog closes. */
  onSaved: () => Promise<void>;
  onClose: () => void;
};

/** Sets when a key of anybody ends, or lifts its end. */
export function SetExpiryDialog(props: SetExpiryDialogProps) {
  const { apiKey, onSaved, onClose } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const policy = useAsyncRetry(
    () => api.getOwnerPolicy(apiKey.owner),
    [api, apiKey.owner],
  );
  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby={TITLE_ID}
      maxWidth="sm"
      fullWidth
    >
      <DialogTitle id={TITLE_ID}>
        {t('setExpiry.title', { name: apiKey.name })}
      </DialogTitle>
      {policy.value ? (
        <SetExpiryForm
          apiKey={apiKey}
          policy={policy.value}
          onSaved={onSaved}
          onClose={onClose}
        />
      ) : (
        <>
          <DialogContent>
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
          </DialogContent>
          <DialogButtons>
            <Button onClick={onClose}>{t('form.cancel')}</Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  );
}
