import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysTranslationRef } from '../../translation';
import { CopyField } from '../CopyField';
import { DialogButtons } from '../DialogButtons';

/**
 * The inside of the dialog that shows a secret, this one time. The secret lives in the props only: when the
 * dialog drops them, it is gone.
 */
export const RevealSecret = (props: {
  created: CreatedApiKey;
  titleId: string;
  onDone: () => void;
}) => {
  const { created, titleId, onDone } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const discoveryApi = useApi(discoveryApiRef);
  const { value: catalogUrl } = useAsync(
    () => discoveryApi.getBaseUrl('catalog'),
    [discoveryApi],
  );

  return (
    <>
      <DialogTitle id={titleId}>
        {t('reveal.title', { name: created.key.name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText>{t('reveal.once')}</DialogContentText>
        <CopyField
          id="api-keys-secret"
          label={t('reveal.secret')}
          copyLabel={t('reveal.copySecret')}
          value={created.secret}
          startHere
        />
        {catalogUrl && (
          <CopyField
            id="api-keys-curl"
            label={t('reveal.curl')}
            copyLabel={t('reveal.copyCurl')}
            value={`curl -H "Authorization: Bearer ${created.secret}" ${catalogUrl}/entities`}
          />
        )}
      </DialogContent>
      <DialogButtons>
        <Button variant="contained" color="primary" onClick={onDone}>
          {t('reveal.done')}
        </Button>
      </DialogButtons>
    </>
  );
};
