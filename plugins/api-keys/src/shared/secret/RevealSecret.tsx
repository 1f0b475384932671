import DialogContentText from '@material-ui/core/DialogContentText';
import { makeStyles } from '@material-ui/core/styles';
import { CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { ResultBody } from '../dialogs/ResultBody';
import { CopyField } from '../ui/CopyField';
import { Snippets } from './Snippets';

const useStyles = makeStyles(theme => ({
  once: { marginBottom: theme.spacing(3) },
}));

type RevealSecretProps = {
  created: CreatedApiKey;
  onDone: () => void;
};

/** Shows a secret once. It lives in the props only and is gone when the dialog drops them. */
export function RevealSecret(props: RevealSecretProps) {
  const { created, onDone } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const missing = created.missingOwnership.join(', ');
  return (
    <ResultBody
      title={t('reveal.title', { name: created.key.name })}
      closeLabel={t('reveal.done')}
      onClose={onDone}
    >
      <DialogContentText className={classes.once}>
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
    </ResultBody>
  );
}
