import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { isApiScope } from 'backstage-plugin-api-keys-common';
import { useId } from 'react';
import { EntityLink } from '../shared/ui/EntityLink';
import { useTranslation } from '../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { padding: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
  // Takes a separate line, like the ref of an owner.
  name: {
    display: 'block',
    color: theme.palette.text.secondary,
    fontFamily: 'monospace',
    fontSize: '0.9em',
  },
}));

type KeyScopesProps = {
  scopes: readonly string[];
  titleOf: (scope: string) => string;
};

/** The scopes of a key, with links to APIs of the catalog. */
export function KeyScopes(props: KeyScopesProps) {
  const { scopes, titleOf } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const titleId = useId();
  const nameOf = (scope: string) => {
    const title = titleOf(scope);
    if (isApiScope(scope)) {
      return (
        <EntityLink
          entityRef={scope}
          title={title === scope ? undefined : title}
        />
      );
    }
    return title === scope ? undefined : title;
  };
  return (
    <div className={classes.root}>
      <Typography id={titleId} variant="subtitle2" component="h4">
        {t('scopes.title')}
      </Typography>
      <Typography
        component="ul"
        variant="body2"
        className={classes.list}
        aria-labelledby={titleId}
      >
        {scopes.map(scope => (
          <li key={scope} className={classes.item}>
            {nameOf(scope)} <span className={classes.name}>{scope}</span>
          </li>
        ))}
      </Typography>
    </div>
  );
}
