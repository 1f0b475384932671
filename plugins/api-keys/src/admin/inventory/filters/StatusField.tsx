import Checkbox from '@material-ui/core/Checkbox';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import {
  API_KEY_STATUSES,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { useFilterStyles } from '../../../shared/fields/useFilterStyles';
import { useTranslation } from '../../../translations/useTranslation';

type StatusFieldProps = {
  value: ApiKeyStatus[];
  onChange: (value: ApiKeyStatus[]) => void;
};

/** Filters by status; several can be selected. */
export function StatusField(props: StatusFieldProps) {
  const { value, onChange } = props;
  const { t } = useTranslation();
  const classes = useFilterStyles();

  const textOf = (picked: unknown) =>
    (picked as ApiKeyStatus[]).map(each => t(`status.${each}`)).join(', ') ||
    t('inventory.anyStatus');
  const change = (picked: unknown) =>
    // Keeps the order of the options, regardless of the order of selection.
    onChange(
      API_KEY_STATUSES.filter(each =>
        (picked as ApiKeyStatus[]).includes(each),
      ),
    );

  return (
    <TextField
      id="api-keys-status"
      className={classes.choice}
      label={t('inventory.status')}
      value={value}
      onChange={event => change(event.target.value)}
      select
      SelectProps={{ multiple: true, displayEmpty: true, renderValue: textOf }}
      InputLabelProps={{ shrink: true }}
      variant="outlined"
      size="small"
    >
      {API_KEY_STATUSES.map(status => (
        <MenuItem key={status} value={status} dense>
          <Checkbox
            size="small"
            color="primary"
            checked={value.includes(status)}
            // The menu item itself is announced as selected.
            inputProps={{ 'aria-hidden': true, tabIndex: -1 }}
            tabIndex={-1}
          />
          {t(`status.${status}`)}
        </MenuItem>
      ))}
    </TextField>
  );
}
