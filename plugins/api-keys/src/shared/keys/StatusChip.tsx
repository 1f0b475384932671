import Chip from '@material-ui/core/Chip';
import { makeStyles, Theme } from '@material-ui/core/styles';
import ScheduleIcon from '@material-ui/icons/Schedule';
import { ApiKeyStatus } from 'backstage-plugin-api-keys-common';
import { memo } from 'react';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { relativeTime } from '../time/formatTime';
import { useNow } from '../time/useNow';
import { KeyWarning } from './keyWarning';
import { warningColor } from './warningColor';

const useStyles = makeStyles<Theme, { status: ApiKeyStatus }>(theme => {
  const colors: Record<ApiKeyStatus, string> = {
    active: theme.palette.success.main,
    retiring: theme.palette.warning.main,
    inactive: theme.palette.text.disabled,
    expired: theme.palette.text.disabled,
    revoked: theme.palette.error.main,
  };
  return {
    chip: { margin: 0 },
    warning: { borderColor: warningColor(theme), fontWeight: 600 },
    // A coloured dot leaves the contrast of the text unchanged.
    dot: {
      width: 8,
      height: 8,
      borderRadius: '50%',
      marginLeft: theme.spacing(1),
      backgroundColor: ({ status }) => colors[status],
    },
    // Doubled selector, to override the icon colour of the chip.
    clock: { '&&': { color: warningColor(theme) } },
  };
});

/** Memoized, so that the ticking clock renders it only when the text changes. */
const PlainChip = memo(
  (props: { status: ApiKeyStatus; label: string; isWarning: boolean }) => {
    const { status, label, isWarning } = props;
    const classes = useStyles({ status });
    return (
      <Chip
        className={`${classes.chip} ${isWarning ? classes.warning : ''}`}
        variant="outlined"
        size="small"
        icon={
          isWarning ? (
            <ScheduleIcon className={classes.clock} />
          ) : (
            <span className={classes.dot} />
          )
        }
        label={label}
      />
    );
  },
);

type StatusChipProps = {
  status: ApiKeyStatus;
  warning?: KeyWarning;
};

/** Status of a key, with a warning if it ends soon. */
export function StatusChip(props: StatusChipProps) {
  const { status, warning } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const label = warning
    ? t(`status.${warning.cause}`, {
        when: relativeTime(warning.at, now, locale),
      })
    : t(`status.${status}`);
  return <PlainChip status={status} label={label} isWarning={!!warning} />;
}
