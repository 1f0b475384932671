import { makeStyles } from '@material-ui/core/styles';
import {
  API_KEY_ACCEPTED_STATUSES,
  ApiKeySummary,
} from 'backstage-plugin-api-keys-common';
import {
  DEFAULT_FILTERS,
  InventoryFilters,
} from '../../../shared/filters/inventoryFilters';
import { daysInWords } from '../../../shared/time/days';
import { BarChart } from '../../../shared/ui/BarChart';
import { useLocale } from '../../../translations/useLocale';
import { useTranslation } from '../../../translations/useTranslation';
import { DaysCount, expiriesByWeek, usesByDay } from './summaryCharts';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(3),
  },
}));

const sumOf = (spans: DaysCount[]) =>
  spans.reduce((sum, { count }) => sum + count, 0);

type InventoryChartsProps = {
  summary: ApiKeySummary;
  filters: InventoryFilters;
  onChange: (filters: InventoryFilters) => void;
};

/** Charts of upcoming expiries and of usage. A click on a bar filters the inventory by it. */
export function InventoryCharts(props: InventoryChartsProps) {
  const { summary, filters, onChange } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const now = Date.now();
  const weeks = expiriesByWeek(summary.expiryCalendar, now);
  const days = usesByDay(summary.usesPerDay, now);

  // Like a tile: the first click sets the filters of the bar and no others, the second one clears them.
  const show = (isShown: boolean, shows: Partial<InventoryFilters>) =>
    onChange({
      ...DEFAULT_FILTERS,
      orderBy: filters.orderBy,
      ...(isShown ? {} : shows),
    });
  const words = ({ from, to }: DaysCount) => daysInWords(from, to, locale);
  const ends = (spans: DaysCount[]): [string, string] => [
    daysInWords(spans[0].from, spans[0].from, locale),
    daysInWords(spans[spans.length - 1].to, spans[spans.length - 1].to, locale),
  ];

  return (
    <div className={useStyles().root}>
      <BarChart
        title={t('chart.expiries')}
        total={t('chart.keys', { count: sumOf(weeks) })}
        axis={ends(weeks)}
        bars={weeks.map(week => ({
          id: week.from,
          value: week.count,
          label: `${words(week)}: ${t('chart.keys', { count: week.count })}`,
        }))}
        selected={filters.expiresFrom}
        onSelect={from => {
          const week = weeks.find(each => each.from === from)!;
          show(filters.expiresFrom === from, {
            status: [...API_KEY_ACCEPTED_STATUSES],
            expiresFrom: from,
            expiresTo: week.to,
          });
        }}
      />
      <BarChart
        title={t('chart.uses')}
        total={t('chart.times', { count: sumOf(days) })}
        axis={ends(days)}
        bars={days.map(day => ({
          id: day.from,
          value: day.count,
          label: `${words(day)}: ${t('chart.times', { count: day.count })}`,
        }))}
        selected={filters.usedOn}
        onSelect={day => show(filters.usedOn === day, { usedOn: day })}
      />
    </div>
  );
}
