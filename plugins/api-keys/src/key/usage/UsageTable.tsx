import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { dayInWords } from '../../shared/time/days';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  summary: { cursor: 'pointer', width: 'fit-content' },
  table: {
    marginTop: theme.spacing(1),
    borderCollapse: 'collapse',
    '& th, & td': {
      padding: theme.spacing(0.5, 3, 0.5, 0),
      textAlign: 'left',
      overflowWrap: 'anywhere',
    },
    '& td:last-child, & th:last-child': { paddingRight: 0, textAlign: 'right' },
    '& tr': { borderBottom: `1px solid ${theme.palette.divider}` },
  },
}));

type UsageTableProps = { uses: ApiKeyUsage['items'] };

/** The numbers of the chart as a table, latest day first. Screen readers read this instead of the chart. */
export function UsageTable({ uses }: UsageTableProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const classes = useStyles();
  const rows = [...uses].sort(
    (a, b) => b.day.localeCompare(a.day) || b.uses - a.uses,
  );
  return (
    <Typography component="details" variant="body2">
      <summary className={classes.summary}>{t('keyUsage.table')}</summary>
      <table className={classes.table} aria-label={t('keyUsage.days')}>
        <thead>
          <tr>
            <th scope="col">{t('keyUsage.day')}</th>
            <th scope="col">{t('keyUsage.plugin')}</th>
            <th scope="col">{t('keyUsage.uses')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ day, plugin, uses: count }) => (
            <tr key={`${day} ${plugin}`}>
              <td>{dayInWords(day, locale)}</td>
              <td>{plugin}</td>
              <td>{new Intl.NumberFormat(locale).format(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Typography>
  );
}
