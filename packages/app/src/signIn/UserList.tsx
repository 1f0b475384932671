import ButtonBase from '@material-ui/core/ButtonBase';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { DemoUser } from './demoApi';

const useStyles = makeStyles(theme => ({
  teams: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))',
    gap: theme.spacing(4, 3),
    alignItems: 'start',
  },
  team: { margin: theme.spacing(0, 0, 1.5) },
  users: {
    display: 'grid',
    gap: theme.spacing(1.5),
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  user: {
    display: 'flex',
    justifyContent: 'flex-start',
    gap: theme.spacing(2),
    width: '100%',
    padding: theme.spacing(1.5, 2),
    borderRadius: 'inherit',
    textAlign: 'left',
    '&:hover': { background: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  avatar: {
    flexShrink: 0,
    width: 40,
    height: 40,
    borderRadius: '50%',
    lineHeight: '40px',
    textAlign: 'center',
    fontWeight: 'bold',
    color: '#fff',
  },
  name: { display: 'block', fontWeight: 'bold' },
  role: { display: 'block' },
}));

/** Users as buttons, with a column for each team. */
export function UserList(props: {
  users: DemoUser[];
  onSelect: (name: string) => void;
}) {
  const { users, onSelect } = props;
  const classes = useStyles();
  const teams = [...new Set(users.map(user => user.team))];
  return (
    <div className={classes.teams}>
      {teams.map(team => (
        <Team
          key={team}
          name={team}
          users={users.filter(user => user.team === team)}
          onSelect={onSelect}
        />
      ))}
    </div>
  );
}

function Team(props: {
  name: string;
  users: DemoUser[];
  onSelect: (name: string) => void;
}) {
  const { name, users, onSelect } = props;
  const classes = useStyles();
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <Typography
        id={headingId}
        variant="h6"
        component="h2"
        className={classes.team}
      >
        {name || 'No team'}
      </Typography>
      <ul className={classes.users}>
        {users.map(user => (
          <Paper key={user.ref} component="li" variant="outlined">
            <UserButton user={user} onClick={() => onSelect(user.name)} />
          </Paper>
        ))}
      </ul>
    </section>
  );
}

function UserButton(props: { user: DemoUser; onClick: () => void }) {
  const { user, onClick } = props;
  const classes = useStyles();
  return (
    <ButtonBase className={classes.user} onClick={onClick}>
      <span
        aria-hidden
        className={classes.avatar}
        style={{ background: colorOf(user.name) }}
      >
        {user.displayName.charAt(0)}
      </span>
      <span>
        <Typography component="span" className={classes.name}>
          {user.displayName}
        </Typography>{' '}
        <Typography
          component="span"
          variant="body2"
          color="textSecondary"
          className={classes.role}
        >
          {user.role}
        </Typography>
      </span>
    </ButtonBase>
  );
}

/** Colour derived from the name, near the colours of the logo, and dark enough for white letters. */
function colorOf(name: string): string {
  const sum = [...name].reduce((n, letter) => n * 7 + letter.charCodeAt(0), 0);
  return `hsl(${170 + (sum % 110)}, 55%, 32%)`;
}
