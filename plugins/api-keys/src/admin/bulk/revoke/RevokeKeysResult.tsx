import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { RevokeApiKeysResult } from 'backstage-plugin-api-keys-common';
import { DialogButtons } from '../../../shared/dialogs/DialogButtons';
import { AlsoRevoked } from '../../../shared/keys/AlsoRevoked';
import { useTranslation } from '../../../translations/useTranslation';

type RevokeKeysResultProps = {
  result: RevokeApiKeysResult;
  titleId: string;
  textId: string;
  onClose: () => void;
};

/** Says what became of it. */
export function RevokeKeysResult(props: RevokeKeysResultProps) {
  const { result, titleId, textId, onClose } = props;
  const { t } = useTranslation();
  const already = result.matched - result.revoked;
  return (
    <>
      <DialogTitle id={titleId}>
        {t('bulk.done', { count: result.revoked })}
      </DialogTitle>
      <DialogContent>
        <div id={textId}>
          <DialogContentText>{t('bulk.doneText')}</DialogContentText>
          <AlsoRevoked alsoRevoked={result.alsoRevoked} done />
          {already > 0 && (
            <DialogContentText>
              {t('bulk.already', { count: already })}
            </DialogContentText>
          )}
        </div>
      </DialogContent>
      <DialogButtons>
        <Button variant="contained" color="primary" onClick={onClose}>
          {t('bulk.close')}
        </Button>
      </DialogButtons>
    </>
  );
}
