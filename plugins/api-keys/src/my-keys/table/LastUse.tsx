import { makeStyles } from '@material-ui/core/styles';
import { ApiKey, ApiKeysUsage } from 'backstage-plugin-api-keys-common';
import { useMemo } from 'react';
import { KeyLastUse } from '../../shared/list/cells';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { DAY_MS } from '../../shared/time/days';
import { useNow } from '../../shared/time/useNow';
import { useTranslation } from '../../translations/useTranslation';
import { dailyUses } from './dailyUses';
import { Sparkline } from './Sparkline';

const useStyles = makeStyles(theme => ({
  // Side by side, so that the bars of all rows are below each other.
  when: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1.5),
    [theme.breakpoints.down('sm')]: { justifyContent: 'flex-end' },
  },
}));

type LastUseProps = {
  apiKey: ApiKey;
  /** Not there yet, or not to be had. */
  uses?: ApiKeysUsage['items'];
};

/** When a key was last used and from where, and how often on the last days. */
export function LastUse(props: LastUseProps) {
  const { apiKey, uses } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const { detail } = useTableStyles();
  const today = Math.floor(useNow() / DAY_MS);
  const days = useMemo(
    () => uses && dailyUses(uses, today * DAY_MS),
    [uses, today],
  );
  return (
    <>
      <div className={classes.when}>
        <KeyLastUse apiKey={apiKey} />
        {days && <Sparkline days={days} />}
      </div>
      {apiKey.lastUsedIp && (
        <div className={detail}>
          {t('key.fromIp', { ip: apiKey.lastUsedIp })}
        </div>
      )}
    </>
  );
}
