import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { warningOf } from '../shared/keys/keyWarning';
import { StatusChip } from '../shared/keys/StatusChip';
import { KeyName } from '../shared/list/cells';
import { useNow } from '../shared/time/useNow';
import { useTranslation } from '../translations/useTranslation';
import { actionsFor, KeyAction } from './dialogs/keyActions';
import { OwnKeyMenu } from './dialogs/OwnKeyMenu';

/** Actions with a button of their own. */
const MAIN_ACTIONS: readonly KeyAction[] = ['rotate', 'revoke'];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(1, 0, 2),
  },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
    minWidth: 0,
  },
  name: { overflowWrap: 'anywhere', minWidth: 0 },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
}));

type KeyHeaderProps = {
  apiKey: ApiKey;
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
};

/** Name, status and actions of the key. */
export function KeyHeader(props: KeyHeaderProps) {
  const { apiKey, onAction } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const actions = actionsFor(apiKey);
  const main = actions.filter(action => MAIN_ACTIONS.includes(action));
  const others = actions.filter(action => !MAIN_ACTIONS.includes(action));
  // A single remaining action becomes a button instead of a menu.
  const [buttons, hasMenu] =
    others.length > 1 ? [main, true] : [actions, false];
  return (
    <div className={classes.root}>
      <div className={classes.title}>
        <Typography variant="h5" component="h2" className={classes.name}>
          <KeyName apiKey={apiKey} />
        </Typography>
        <StatusChip
          status={apiKey.status}
          warning={warningOf(apiKey, useNow())}
        />
      </div>
      <div
        role="group"
        aria-label={t('keyPage.actions')}
        className={classes.actions}
      >
        {buttons.map(action => (
          <Button
            key={action}
            variant={action === 'rotate' ? 'contained' : 'outlined'}
            color={action === 'rotate' ? 'primary' : 'default'}
            onClick={() => onAction(action, apiKey)}
          >
            {t(`action.${action}`)}
          </Button>
        ))}
        {hasMenu && (
          <OwnKeyMenu apiKey={apiKey} without={main} onAction={onAction} />
        )}
      </div>
    </div>
  );
}
