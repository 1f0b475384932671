import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { dayInWords } from '../../shared/time/days';
import { useNow } from '../../shared/time/useNow';
import { BarChart } from '../../shared/ui/BarChart';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { DayUses, PluginUses, usageChart } from './keyUsage';
import { UsageTable } from './UsageTable';
import { usePluginColors } from './usePluginColors';

const useStyles = makeStyles(theme => ({
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    overflowWrap: 'anywhere',
  },
  swatch: {
    display: 'inline-block',
    width: 10,
    height: 10,
    marginRight: theme.spacing(0.75),
    borderRadius: 2,
  },
  // Reserves one line, so that the layout does not jump when a day is picked.
  picked: { minHeight: '1.5em', margin: theme.spacing(1, 0) },
}));

type UsageChartProps = { uses: ApiKeyUsage['items'] };

/** Usage of a key by day and plugin: bars, a legend, and a table of the numbers. */
export function UsageChart({ uses }: UsageChartProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const classes = useStyles();
  const [picked, setPicked] = useState<string>();
  const { days, plugins, total } = usageChart(uses, useNow());
  const colorOf = usePluginColors(plugins);

  const times = (count: number) => t('chart.times', { count });
  const partInWords = ({ plugin, uses: count }: PluginUses) =>
    t('keyUsage.part', {
      plugin: plugin ?? t('keyUsage.others'),
      uses: new Intl.NumberFormat(locale).format(count),
    });
  const dayInFull = ({ day, uses: count, parts }: DayUses) => {
    const all = `${dayInWords(day, locale)}: ${times(count)}`;
    return count > 0 ? `${all} (${parts.map(partInWords).join(', ')})` : all;
  };
  const pickedDay = days.find(({ day }) => day === picked);

  return (
    <>
      <BarChart
        title={t('keyUsage.days')}
        total={times(total)}
        axis={[
          dayInWords(days[0].day, locale),
          dayInWords(days[days.length - 1].day, locale),
        ]}
        bars={days.map(day => ({
          id: day.day,
          value: day.uses,
          label: dayInFull(day),
          parts: day.parts.map(({ plugin, uses: value }) => ({
            id: plugin ?? '',
            value,
            color: colorOf(plugin),
          })),
        }))}
        selected={picked}
        onSelect={day => setPicked(day === picked ? undefined : day)}
      />
      <Typography component="ul" variant="body2" className={classes.legend}>
        {plugins.map(part => (
          <li key={part.plugin}>
            <span
              className={classes.swatch}
              style={{ backgroundColor: colorOf(part.plugin) }}
            />
            {partInWords(part)}
          </li>
        ))}
      </Typography>
      <Typography variant="body2" role="status" className={classes.picked}>
        {pickedDay ? dayInFull(pickedDay) : t('keyUsage.hint')}
      </Typography>
      <UsageTable uses={uses} />
    </>
  );
}
