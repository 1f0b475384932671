import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { PropsWithChildren, ReactNode } from 'react';
import { AppLink } from '../../routing/AppLink';
import { useKeyPaths } from '../../routing/useKeyPaths';
import { UserText } from '../ui/UserText';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: theme.spacing(2),
    rowGap: theme.spacing(0.5),
    padding: theme.spacing(1, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
  hint: {
    color: theme.palette.text.secondary,
    fontFamily: 'monospace',
    whiteSpace: 'nowrap',
  },
  facts: {
    // A fixed width aligns the column, also when it wraps below the name.
    flex: '0 1 240px',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** A list of {@link KeySummaryCard}. */
export function KeySummaryList(props: PropsWithChildren<{ label: string }>) {
  return (
    <ul className={useStyles().list} aria-label={props.label}>
      {props.children}
    </ul>
  );
}

type KeySummaryCardProps = {
  apiKey: ApiKey;
  children: ReactNode;
};

/** A key in one line, with a link to its page. */
export function KeySummaryCard(props: KeySummaryCardProps) {
  const { id, name, hint } = props.apiKey;
  const classes = useStyles();
  const paths = useKeyPaths();
  return (
    <li className={classes.item}>
      <span className={classes.name}>
        <Link component={AppLink} to={paths.key(id)}>
          <UserText>{name}</UserText>
        </Link>{' '}
        <span className={classes.hint}>…{hint}</span>
      </span>
      <span className={classes.facts}>{props.children}</span>
    </li>
  );
}
