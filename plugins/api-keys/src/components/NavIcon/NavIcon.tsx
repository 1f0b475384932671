import { makeStyles } from '@material-ui/core/styles';
import { Suspense } from 'react';
import { useKeysNeedingAttention } from '../../hooks/useKeysNeedingAttention';
import { useTexts } from '../../hooks/useTexts';
import { HideOnError } from '../HideOnError';
import { KeyIcon } from '../KeyIcon';

const useStyles = makeStyles(theme => ({
  root: { position: 'relative', display: 'inline-flex' },
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

const Badge = () => {
  const { t } = useTexts();
  const classes = useStyles();
  const count = useKeysNeedingAttention().ends?.length;
  if (!count) return null;
  const text = t('places.badge', { count });
  return (
    <span className={classes.dot} role="img" aria-label={text} title={text} />
  );
};

/** The icon of the entry in the sidebar, with a dot when keys of the user need attention. */
export const NavIcon = () => (
  <span className={useStyles().root}>
    <KeyIcon />
    {/* Its own boundary: the sidebar must not wait for a translation. */}
    <HideOnError>
      <Suspense fallback={null}>
        <Badge />
      </Suspense>
    </HideOnError>
  </span>
);
