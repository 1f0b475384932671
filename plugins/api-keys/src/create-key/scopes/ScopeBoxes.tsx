import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyScope } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { searchScopes, withScope } from '../../shared/restrictions/scopes';
import { useTranslation } from '../../translations/useTranslation';
import { PickerList } from '../PickerList';
import { PickerSearch } from '../PickerSearch';

/** Up to this number, a search field is not needed. */
const WITHOUT_SEARCH = 10;

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1) },
  row: {
    padding: theme.spacing(0.25, 1.5),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  label: { marginRight: 0, minWidth: 0 },
  text: { overflowWrap: 'anywhere' },
  name: {
    color: theme.palette.text.secondary,
    fontFamily: 'monospace',
    fontSize: '0.9em',
  },
  // Aligns with the label of the checkbox.
  description: {
    margin: theme.spacing(-0.5, 0, 0.75, 3.5),
    overflowWrap: 'anywhere',
  },
}));

type ScopeBoxesProps = {
  offered: readonly ApiKeyScope[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  disabled: boolean;
};

/** Picks configured scopes of the portal. */
export function ScopeBoxes(props: ScopeBoxesProps) {
  const { offered, value, onChange, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const [text, setText] = useState('');
  const found = searchScopes(offered, text);
  const labelOf = ({ name, title }: ApiKeyScope) => (
    <span className={classes.text}>
      {title && `${title} `}
      <span className={classes.name}>{name}</span>
    </span>
  );

  return (
    <div className={classes.root}>
      {offered.length > WITHOUT_SEARCH && (
        <PickerSearch
          id="api-keys-scopes-search"
          label={t('scopes.search')}
          value={text}
          onChange={setText}
          disabled={disabled}
        />
      )}
      <PickerList
        label={t('scopes.offered')}
        none={t('scopes.found')}
        items={found.map(scope => {
          const { name, description } = scope;
          const descriptionId = `api-keys-scope-${name}`;
          return (
            <li key={name} className={classes.row}>
              <FormControlLabel
                className={classes.label}
                label={labelOf(scope)}
                disabled={disabled}
                control={
                  <Checkbox
                    color="primary"
                    size="small"
                    checked={value.includes(name)}
                    onChange={({ target: { checked } }) =>
                      onChange(withScope(value, name, checked))
                    }
                    inputProps={{
                      'aria-describedby': description
                        ? descriptionId
                        : undefined,
                    }}
                  />
                }
              />
              {description && (
                <Typography
                  id={descriptionId}
                  className={classes.description}
                  variant="body2"
                  color="textSecondary"
                >
                  {description}
                </Typography>
              )}
            </li>
          );
        })}
      />
    </div>
  );
}
