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
  // Fixed columns align the bars of all rows.
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
  /** Undefined while loading and after an error. */
  uses?: ApiKeysUsage['items'];
};

/** Last use of a key, and its recent usage. */
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
