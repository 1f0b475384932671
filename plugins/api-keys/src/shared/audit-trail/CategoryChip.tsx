import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import ErrorOutlineIcon from '@material-ui/icons/ErrorOutline';
import SecurityIcon from '@material-ui/icons/Security';
import { ApiKeyEventCategory } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';

const useStyles = makeStyles(theme => ({
  chip: { margin: 0 },
  // Marked by colour, weight and icon, so that colour is not the only cue.
  AUDIT: { color: theme.palette.text.secondary },
  SECURITY: { fontWeight: 600, borderColor: theme.palette.warning.main },
  ERROR: { fontWeight: 600, borderColor: theme.palette.error.main },
}));

const ICONS = {
  AUDIT: undefined,
  SECURITY: <SecurityIcon />,
  ERROR: <ErrorOutlineIcon />,
};

type CategoryChipProps = { category: ApiKeyEventCategory };

/** Category of an event. */
export function CategoryChip(props: CategoryChipProps) {
  const { category } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  return (
    <Chip
      className={`${classes.chip} ${classes[category]}`}
      variant="outlined"
      size="small"
      icon={ICONS[category]}
      label={t(`event.category_${category}`)}
    />
  );
}
