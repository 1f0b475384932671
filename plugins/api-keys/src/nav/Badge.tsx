import { makeStyles } from '@material-ui/core/styles';
import { useKeysNeedingAttention } from '../shared/attention/useKeysNeedingAttention';
import { useTranslation } from '../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  dot: {
    position: 'absolute',
    // Keeps clear of the bit of the key.
    top: -3,
    right: -4,
    width: 8,
    height: 8,
    borderRadius: '50%',
    backgroundColor: theme.palette.warning.main,
  },
}));

/** The dot on the icon, with the number of keys as text. */
export function Badge() {
  const { t } = useTranslation();
  const classes = useStyles();
  const count = useKeysNeedingAttention().ends?.length;
  if (!count) return null;
  const text = t('places.badge', { count });
  return (
    <span className={classes.dot} role="img" aria-label={text} title={text} />
  );
}
