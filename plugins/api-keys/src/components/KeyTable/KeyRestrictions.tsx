import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import LockIcon from '@material-ui/icons/LockOutlined';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useRightsWords } from '../../hooks/useRightsWords';
import { apiKeysTranslationRef } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    color: theme.palette.text.secondary,
    fontSize: '0.85em',
    maxWidth: '28em',
  },
  icon: { fontSize: '1.2em', marginTop: '0.1em' },
}));

/** What a key that is restricted may do. Of the others there is nothing to say. */
export const KeyRestrictions = ({ apiKey }: { apiKey: ApiKey }) => {
  const { accessRestrictions } = apiKey;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles();
  const { sentenceOf } = useRightsWords();
  if (!accessRestrictions) return null;
  return (
    <div className={classes.root} title={t('key.restricted')}>
      <LockIcon className={classes.icon} aria-hidden />
      {sentenceOf(accessRestrictions, '')}
    </div>
  );
};
