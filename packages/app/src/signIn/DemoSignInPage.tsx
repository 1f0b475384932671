import { Progress } from '@backstage/core-components';
import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { SignInPageProps } from '@backstage/plugin-app-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useCallback, useEffect, useState } from 'react';
import { LogoIcon } from '../brand';
import { DemoIdentity } from './DemoIdentity';
import { Notice } from './Notice';
import { UserList } from './UserList';
import { rememberedUser } from './rememberedUser';
import { useDemoUsers } from './useDemoUsers';

const useStyles = makeStyles(theme => ({
  root: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    padding: theme.spacing(8, 3),
    background: theme.palette.background.default,
    color: theme.palette.text.primary,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(4, 2) },
  },
  content: { maxWidth: 1040, margin: '0 auto' },
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(5),
    '& svg': { flexShrink: 0 },
    [theme.breakpoints.down('xs')]: { marginBottom: theme.spacing(3) },
  },
  title: { margin: 0 },
  footer: { marginTop: theme.spacing(5) },
}));

/** Signs in as any user of the demo catalog with one click, and without a click after a reload. */
export function DemoSignInPage({ onSignInSuccess }: SignInPageProps) {
  const classes = useStyles();
  const config = useApi(configApiRef);
  const { signIn, pending, problem } = useDemoSignIn(onSignInSuccess);

  if (pending) {
    return <Progress />;
  }
  return (
    <main className={classes.root}>
      <div className={classes.content}>
        <header className={classes.header}>
          <LogoIcon size={56} />
          <div>
            <Typography variant="h3" component="h1" className={classes.title}>
              {config.getString('app.title')}
            </Typography>
            <Typography color="textSecondary">
              Who at {config.getString('organization.name')} would you like to
              be?
            </Typography>
          </div>
        </header>
        {problem && <Notice severity="error">{problem}</Notice>}
        <Users onSelect={signIn} />
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.footer}
        >
          This sign-in is for trying out only: it asks for no password and
          refuses to run in production.
        </Typography>
      </div>
    </main>
  );
}

function Users({ onSelect }: { onSelect: (name: string) => void }) {
  const demoUsers = useDemoUsers();
  switch (demoUsers.status) {
    case 'ready':
      return <UserList users={demoUsers.users} onSelect={onSelect} />;
    case 'waiting':
      return (
        <Notice severity="info" onRetry={demoUsers.retry}>
          {demoUsers.reason} This page keeps trying.
        </Notice>
      );
    case 'loading':
      return <Progress />;
    default:
      return demoUsers satisfies never;
  }
}

function useDemoSignIn(onSignInSuccess: SignInPageProps['onSignInSuccess']) {
  const discoveryApi = useApi(discoveryApiRef);
  // Read synchronously, so that the list does not flash up on a reload.
  const [pending, setPending] = useState(rememberedUser.get);
  const [problem, setProblem] = useState<string>();

  const signIn = useCallback(
    async (name: string) => {
      setPending(name);
      try {
        onSignInSuccess(await DemoIdentity.signIn(discoveryApi, name));
      } catch (error) {
        setProblem(`Could not sign in as ${name}: ${toError(error).message}`);
        setPending(undefined);
      }
    },
    [discoveryApi, onSignInSuccess],
  );

  useEffect(() => {
    const name = rememberedUser.get();
    if (name) signIn(name);
  }, [signIn]);

  return { signIn, pending, problem };
}
