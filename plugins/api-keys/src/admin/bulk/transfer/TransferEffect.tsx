import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../../translations/useTranslation';
import { KeyTarget } from '../keyTarget';
import { TransferPlan } from './transferPlan';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(1, 0, 2),
    paddingLeft: theme.spacing(2.5),
    overflowWrap: 'anywhere',
    '& li + li': { marginTop: theme.spacing(0.5) },
  },
}));

type TransferEffectProps = {
  target: KeyTarget;
  group: string;
  plan: TransferPlan;
};

/** Explains the effect of a transfer. */
export function TransferEffect(props: TransferEffectProps) {
  const { target, group, plan } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const count = plan.going;
  const owner = onlyOwnerOf(target);
  return (
    <>
      <Typography>
        {plan.isCapped
          ? t('transfer.goingAtMost', { count, group })
          : t('transfer.going', { count, group })}
      </Typography>
      <Typography component="ul" className={classes.list}>
        <li>{t('transfer.works', { count, group })}</li>
        <li>
          {owner
            ? t('transfer.loses', { count, owner })
            : t('transfer.othersLose')}
        </li>
        <li>{t('transfer.secrets', { count })}</li>
      </Typography>
    </>
  );
}

function onlyOwnerOf(target: KeyTarget): string | undefined {
  if ('filter' in target) return target.filter.owner;
  const owners = new Set(target.keys.map(({ owner }) => owner));
  return owners.size === 1 ? target.keys[0].owner : undefined;
}
