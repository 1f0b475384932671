import Button from '@material-ui/core/Button';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { DialogButtons } from '../dialogs/DialogButtons';
import { CopyField } from '../ui/CopyField';
import { Snippets } from './Snippets';

const useStyles = makeStyles(theme => ({
  once: { marginBottom: theme.spacing(3) },
}));

type RevealSecretProps = {
  created: CreatedApiKey;
  titleId: string;
  onDone: () => void;
};

/**
 * The inside of the dialog that shows a secret, this one time. The secret lives in the props only: when the
 * dialog drops them, it is gone.
 */
export function RevealSecret(props: RevealSecretProps) {
  const { created, titleId, onDone } = props;
  const { t } = useTranslation();
  const missing = created.missingOwnership.join(', ');
  return (
    <>
      <DialogTitle id={titleId}>
        {t('reveal.title', { name: created.key.name })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText className={useStyles().once}>
          {t('reveal.once')}
        </DialogContentText>
        {missing && (
          <DialogContentText>
            {t('reveal.missing', { refs: missing })}
          </DialogContentText>
        )}
        <CopyField
          id="api-keys-secret"
          label={t('reveal.secret')}
          copyLabel={t('reveal.copySecret')}
          value={created.secret}
          startHere
        />
        <Snippets
          secret={created.secret}
          outside={created.key.accessRestrictions?.length === 0}
        />
      </DialogContent>
      <DialogButtons>
        <Button variant="contained" color="primary" onClick={onDone}>
          {t('reveal.done')}
        </Button>
      </DialogButtons>
    </>
  );
}
