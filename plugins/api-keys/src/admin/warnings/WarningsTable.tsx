import Link from '@material-ui/core/Link';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { AppLink } from '../../routing/AppLink';
import { useAdminPaths } from '../../shared/filters/useAdminPaths';
import { DEFAULT_FILTERS } from '../../shared/filters/inventoryFilters';
import { KeyTable } from '../../shared/list/KeyTable';
import { LabelledCell } from '../../shared/list/LabelledCell';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { durationInWords } from '../../shared/time/durations';
import { RelativeTime } from '../../shared/time/RelativeTime';
import { useNow } from '../../shared/time/useNow';
import { OwnerLink } from '../../shared/ui/OwnerLink';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { UpcomingWarning } from './useUpcomingWarnings';

const COLUMNS = ['key', 'owner', 'kind', 'ends', 'told'] as const;

type WarningTimeProps = { warning: UpcomingWarning };

/** Time of a warning and how long it is before the expiry. */
function WarningTime({ warning }: WarningTimeProps) {
  const { dueAt, threshold } = warning;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const locale = useLocale();
  const isDue = Date.parse(dueAt) <= useNow();
  return (
    <>
      {isDue ? t('warnings.nextRun') : <RelativeTime time={dueAt} />}
      {threshold && (
        <div className={classes.detail}>
          {t('warnings.before', {
            duration: durationInWords(threshold, locale),
          })}
        </div>
      )}
    </>
  );
}

type WarningRowProps = { warning: UpcomingWarning };

function WarningRow({ warning }: WarningRowProps) {
  const { keyName, owner, kind, endsAt } = warning;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const paths = useAdminPaths();
  const inInventory = { ...DEFAULT_FILTERS, owner, search: keyName };
  return (
    <TableRow role="row" className={classes.row}>
      <TableCell role="cell" className={`${classes.cell} ${classes.nameCell}`}>
        <Link
          component={AppLink}
          to={paths.inventory(inInventory)}
          className={classes.name}
        >
          {keyName}
        </Link>
      </TableCell>
      <LabelledCell label={t('warnings.owner')} className={classes.anywhere}>
        <OwnerLink owner={owner} />
      </LabelledCell>
      <LabelledCell label={t('warnings.kind')}>
        {t(`warnings.kind_${kind}`)}
      </LabelledCell>
      <LabelledCell label={t('warnings.ends')}>
        <RelativeTime time={endsAt} />
      </LabelledCell>
      <LabelledCell label={t('warnings.told')}>
        <WarningTime warning={warning} />
      </LabelledCell>
    </TableRow>
  );
}

type WarningsTableProps = {
  warnings: UpcomingWarning[];
  updating: boolean;
};

/** Table of upcoming warnings. */
export function WarningsTable(props: WarningsTableProps) {
  const { warnings, updating } = props;
  const { t } = useTranslation();
  return (
    <KeyTable
      label={t('warnings.label')}
      columns={COLUMNS.map(id => ({ id, title: t(`warnings.${id}`) }))}
      updating={updating}
    >
      {warnings.map(warning => (
        <WarningRow key={warning.id} warning={warning} />
      ))}
    </KeyTable>
  );
}
