import { makeStyles } from '@material-ui/core/styles';
import { lazy, Suspense } from 'react';
import { KeyIcon } from '../shared/keys/KeyIcon';
import { HideOnError } from './HideOnError';

const useStyles = makeStyles({
  root: { position: 'relative', display: 'inline-flex' },
});

// The app starts without what it takes to count keys.
const Badge = lazy(() =>
  import('./Badge').then(({ Badge: component }) => ({ default: component })),
);

/** The icon of the entry in the sidebar, with a dot when keys of the user need attention. */
export function NavIcon() {
  return (
    <span className={useStyles().root}>
      <KeyIcon />
      {/* Its own boundary: the sidebar must not wait for it. */}
      <HideOnError>
        <Suspense fallback={null}>
          <Badge />
        </Suspense>
      </HideOnError>
    </span>
  );
}
