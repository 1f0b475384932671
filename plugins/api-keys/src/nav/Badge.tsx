import { makeStyles } from '@material-ui/core/styles';
import { useKeysNeedingAttention } from '../shared/attention/useKeysNeedingAttention';
import { useTranslation } from '../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  dot: {
    position: 'absolute',
    // Beside the key rather than on its bit.
    top: -3,
    right: -4,
    width: 8,
    height: 8,
    borderRadius: '50%',
    backgroundColor: theme.palette.warning.main,
  },
}));

/** The dot on an icon, and in words how many keys it is for. */
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
