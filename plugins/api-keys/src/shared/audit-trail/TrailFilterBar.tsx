import { makeStyles } from '@material-ui/core/styles';
import { API_KEY_EVENT_TYPES } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { ChoiceField } from '../fields/ChoiceField';
import { OwnerField } from '../fields/OwnerField';
import { useFilterStyles } from '../fields/useFilterStyles';
import {
  EVENT_CATEGORIES,
  TRAIL_PERIODS,
  TrailFilters,
} from '../filters/trailFilters';
import { DayField } from './DayField';
import { KeyIdField } from './KeyIdField';
import { useTypeText } from './useTypeText';

const useStyles = makeStyles(theme => ({
  second: { marginTop: theme.spacing(1.5) },
  // Fits the longest event type.
  type: {
    flex: '1 1 260px',
    maxWidth: 280,
    [theme.breakpoints.down('xs')]: { maxWidth: 'none' },
  },
}));

type TrailFilterBarProps = {
  values: TrailFilters;
  onChange: (values: TrailFilters) => void;
};

/** Filters of the audit trail: type and time, then people and key. */
export function TrailFilterBar(props: TrailFilterBarProps) {
  const { values, onChange } = props;
  const { t } = useTranslation();
  const typeText = useTypeText();
  const classes = useFilterStyles();
  const rows = useStyles();
  const change = (changed: Partial<TrailFilters>) =>
    onChange({ ...values, ...changed });
  // Includes the type of the URL, which can be from a newer version.
  const types = new Set(['', ...API_KEY_EVENT_TYPES, values.type]);
  return (
    <div role="search">
      <div className={classes.root}>
        <ChoiceField
          id="api-keys-event-category"
          label={t('trailFilter.category')}
          value={values.category}
          choices={(['', ...EVENT_CATEGORIES] as const).map(value => ({
            value,
            label: value
              ? t(`event.category_${value}`)
              : t('trailFilter.anyCategory'),
          }))}
          onChange={category => change({ category })}
        />
        <ChoiceField
          id="api-keys-event-period"
          label={t('trailFilter.period')}
          value={values.period}
          choices={TRAIL_PERIODS.map(value => ({
            value,
            label: t(`trailFilter.period_${value}`),
          }))}
          onChange={period => change({ period })}
        />
        {values.period === 'custom' && (
          <>
            <DayField
              id="api-keys-event-from"
              label={t('trailFilter.from')}
              value={values.from}
              max={values.to}
              onChange={from => change({ from })}
            />
            <DayField
              id="api-keys-event-to"
              label={t('trailFilter.to')}
              value={values.to}
              min={values.from}
              onChange={to => change({ to })}
            />
          </>
        )}
        <ChoiceField
          id="api-keys-event-type"
          className={rows.type}
          label={t('trailFilter.type')}
          value={values.type}
          choices={[...types].map(value => ({
            value,
            label: value ? typeText(value) : t('trailFilter.anyType'),
          }))}
          onChange={type => change({ type })}
        />
      </div>
      <div className={`${classes.root} ${rows.second}`}>
        <OwnerField
          id="api-keys-event-owner"
          className={classes.owner}
          label={t('trailFilter.owner')}
          placeholder={t('trailFilter.ownerHint')}
          value={values.owner}
          onChange={owner => change({ owner })}
        />
        <OwnerField
          id="api-keys-event-actor"
          className={classes.owner}
          label={t('trailFilter.actor')}
          placeholder={t('trailFilter.ownerHint')}
          value={values.actor}
          onChange={actor => change({ actor })}
        />
        <KeyIdField
          id="api-keys-event-key"
          value={values.keyId}
          onChange={keyId => change({ keyId })}
        />
      </div>
    </div>
  );
}
