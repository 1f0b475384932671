import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeySummary } from 'backstage-plugin-api-keys-common';
import { InventoryFilters } from '../../shared/filters/inventoryFilters';
import { useTranslation } from '../../translations/useTranslation';
import { toggleTile, isSelected, TILES } from './tiles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(112px, 1fr))',
    gap: theme.spacing(1.5),
    marginBottom: theme.spacing(3),
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'flex-start',
    textAlign: 'left',
    padding: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
    '&:hover': { borderColor: theme.palette.text.secondary },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
    // The thicker frame marks the pressed tile without relying on colour.
    '&[aria-pressed="true"]': {
      borderColor: theme.palette.primary.main,
      boxShadow: `inset 0 0 0 1px ${theme.palette.primary.main}`,
    },
  },
  count: { fontSize: '1.5rem', lineHeight: 1.2, fontWeight: 600 },
}));

type SummaryTilesProps = {
  summary: ApiKeySummary;
  filters: InventoryFilters;
  onChange: (filters: InventoryFilters) => void;
};

/** Counts of all keys. A click on a count filters the inventory by it. */
export function SummaryTiles(props: SummaryTilesProps) {
  const { summary, filters, onChange } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  return (
    <div className={classes.root} role="group" aria-label={t('tile.label')}>
      {TILES.map(tile => (
        <ButtonBase
          key={tile.id}
          className={classes.tile}
          aria-pressed={isSelected(tile, filters)}
          onClick={() => onChange(toggleTile(tile, filters))}
        >
          <span className={classes.count}>{tile.count(summary)}</span>
          <Typography component="span" variant="body2">
            {t(`tile.${tile.id}`)}
          </Typography>
        </ButtonBase>
      ))}
    </div>
  );
}
