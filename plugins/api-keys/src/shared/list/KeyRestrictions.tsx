import { makeStyles } from '@material-ui/core/styles';
import LaunchIcon from '@material-ui/icons/Launch';
import LockIcon from '@material-ui/icons/LockOutlined';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { useRightsTexts } from '../restrictions/useRightsTexts';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    color: theme.palette.text.secondary,
    fontSize: '0.85em',
    maxWidth: '28em',
    overflowWrap: 'anywhere',
  },
  icon: { fontSize: '1.2em', marginTop: '0.1em' },
}));

type KeyRestrictionsProps = { apiKey: ApiKey };

/** The restrictions and scopes of a key; nothing for an unrestricted key. */
export function KeyRestrictions({ apiKey }: KeyRestrictionsProps) {
  const { accessRestrictions, scopes } = apiKey;
  const { t } = useTranslation();
  const classes = useStyles();
  const { sentenceOf, scopesInWords } = useRightsTexts();
  if (!accessRestrictions) {
    if (scopes.length === 0) return null;
    return (
      <div className={classes.root}>
        <LaunchIcon className={classes.icon} aria-hidden />
        {t('scopes.ofList', { scopes: scopesInWords(scopes) })}
      </div>
    );
  }
  return (
    <div className={classes.root} title={t('key.restricted')}>
      <LockIcon className={classes.icon} aria-hidden />
      {sentenceOf(accessRestrictions, '', [], scopes)}
    </div>
  );
}
