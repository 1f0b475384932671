import DialogContentText from '@material-ui/core/DialogContentText';
import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { DialogText } from '../../../shared/dialogs/DialogBody';
import { ResultBody } from '../../../shared/dialogs/ResultBody';
import { AlsoRevoked } from '../../../shared/keys/AlsoRevoked';
import { useTranslation } from '../../../translations/useTranslation';

type RevokeKeysResultProps = {
  result: RevokeApiKeysResult;
  onClose: () => void;
};

/** Shows how many keys were revoked. */
export function RevokeKeysResult(props: RevokeKeysResultProps) {
  const { result, onClose } = props;
  const { t } = useTranslation();
  const already = result.matched - result.revoked;
  return (
    <ResultBody
      title={t('bulk.done', { count: result.revoked })}
      closeLabel={t('bulk.close')}
      onClose={onClose}
    >
      <DialogText>
        <DialogContentText>{t('bulk.doneText')}</DialogContentText>
        <AlsoRevoked alsoRevoked={result.alsoRevoked} done />
        {already > 0 && (
          <DialogContentText>
            {t('bulk.already', { count: already })}
          </DialogContentText>
        )}
      </DialogText>
    </ResultBody>
  );
}
