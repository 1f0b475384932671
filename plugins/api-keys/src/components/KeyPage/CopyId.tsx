import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useState } from 'react';
import { copyText } from '../../lib/copyText';
import { apiKeysTranslationRef } from '../../translation';

const useStyles = makeStyles(theme => ({
  id: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  button: { margin: theme.spacing(-0.5, 0) },
}));

/** The id of a key, for scripts and for whoever is asked about the key. */
export const CopyId = ({ id }: { id: string }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useStyles();
  const [outcome, setOutcome] = useState<'idCopied' | 'idNotCopied'>();
  const copy = async () => {
    setOutcome(undefined);
    setOutcome((await copyText(id)) ? 'idCopied' : 'idNotCopied');
  };
  return (
    <>
      <span className={classes.id}>{id}</span>{' '}
      <Tooltip title={t('keyFact.copyId')}>
        <IconButton
          size="small"
          className={classes.button}
          aria-label={t('keyFact.copyId')}
          onClick={copy}
        >
          <FileCopyIcon fontSize="small" />
        </IconButton>
      </Tooltip>{' '}
      <span role="status">{outcome && t(`keyFact.${outcome}`)}</span>
    </>
  );
};
