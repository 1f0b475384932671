import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { durationInWords } from '../../shared/time/durations';
import { dayAndTime } from '../../shared/time/formatTime';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { Expiry } from './expiry';

const useStyles = makeStyles(theme => ({
  sentence: {
    padding: theme.spacing(1.5, 2),
    borderLeft: `4px solid ${theme.palette.primary.main}`,
    backgroundColor: theme.palette.action.hover,
    overflowWrap: 'anywhere',
  },
}));

type KeySentenceProps = {
  expiry: Expiry;
  /** Entity ref of the user or group that the key acts as. */
  owner: string;
  isMine: boolean;
  isRestricted: boolean;
  /** ISO duration after which the key goes inactive before it ends. */
  timeout: string | undefined;
};

/** Sums up the rights and expiry of the new key. */
export function KeySentence(props: KeySentenceProps) {
  const { expiry, isMine, isRestricted, timeout } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const { primaryTitle: owner } = useEntityPresentation(props.owner);
  const classes = useStyles();
  if ('problem' in expiry) return null;

  const sentence = () => {
    const what = isRestricted ? 'restricted' : 'unrestricted';
    const whose = isMine ? 'mine' : 'team';
    if (!expiry.endsAt) return t(`keyEnds.${what}.${whose}Never`, { owner });
    const date = dayAndTime(expiry.endsAt, locale);
    return t(`keyEnds.${what}.${whose}`, { date, owner });
  };

  return (
    <Typography variant="body2" className={classes.sentence} aria-live="polite">
      {sentence()}
      {timeout !== undefined &&
        ` ${t('expiry.goesInactive', {
          duration: durationInWords(timeout, locale),
        })}`}
    </Typography>
  );
}
