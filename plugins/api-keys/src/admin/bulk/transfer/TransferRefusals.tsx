import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { Fragment } from 'react';
import { KeyName } from '../../../shared/list/cells';
import { useTranslation } from '../../../translations/useTranslation';
import { KeyTarget } from '../keyTarget';
import { TransferRefusal } from './transferPlan';

/** Further ones are only counted. */
const NAMED = 5;

const useStyles = makeStyles(theme => ({
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  keys: { overflowWrap: 'anywhere' },
  id: { fontFamily: 'monospace' },
}));

type TransferRefusalsProps = {
  target: KeyTarget;
  refusals: TransferRefusal[];
  /** Number of keys that are refused. */
  count: number;
  /** Set if the count is a lower bound. */
  orMore?: boolean;
};

/** Lists the keys that cannot be transferred, by reason. */
export function TransferRefusals(props: TransferRefusalsProps) {
  const { target, refusals, count, orMore } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  if (count === 0) return null;

  const nameOf = (id: string) => {
    const apiKey =
      'keys' in target ? target.keys.find(key => key.id === id) : undefined;
    return apiKey ? (
      <KeyName apiKey={apiKey} />
    ) : (
      <span className={classes.id} title={id}>{`${id.slice(0, 8)}…`}</span>
    );
  };
  return (
    <Alert severity="warning" role="none">
      {orMore
        ? t('transfer.refusedAtLeast', { count })
        : t('transfer.refused', { count })}
      <ul className={classes.list}>
        {refusals.map(({ reason, ids }) => (
          <li key={reason}>
            {reason}:{' '}
            <span className={classes.keys}>
              {ids.slice(0, NAMED).map((id, i) => (
                <Fragment key={id}>
                  {i > 0 && ', '}
                  {nameOf(id)}
                </Fragment>
              ))}
              {ids.length > NAMED &&
                ` ${t('transfer.andMore', { count: ids.length - NAMED })}`}
            </span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
