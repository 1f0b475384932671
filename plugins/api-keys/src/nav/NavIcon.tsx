import { makeStyles } from '@material-ui/core/styles';
import { lazy, Suspense } from 'react';
import { KeyIcon } from '../shared/keys/KeyIcon';
import { HideOnError } from './HideOnError';

const useStyles = makeStyles({
  root: { position: 'relative', display: 'inline-flex' },
});

// Lazy, to keep it out of the app's start.
const Badge = lazy(() =>
  import('./Badge').then(({ Badge: component }) => ({ default: component })),
);

/** Sidebar icon with a dot when keys of the user need attention. */
export function NavIcon() {
  return (
    <span className={useStyles().root}>
      <KeyIcon />
      {/* Separate boundary, so that the sidebar does not wait for it. */}
      <HideOnError>
        <Suspense fallback={null}>
          <Badge />
        </Suspense>
      </HideOnError>
    </span>
  );
}
