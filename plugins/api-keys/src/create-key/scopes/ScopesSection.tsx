import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  API_KEY_SCOPES_MAX,
  ApiKeyAvailableScopes,
} from 'backstage-plugin-api-keys-common';
import { FieldError } from '../../shared/fields/FieldError';
import { offersScopes, ScopesError } from '../../shared/restrictions/scopes';
import { useTranslation } from '../../translations/useTranslation';
import { EntryError } from '../entryErrors';
import { FormSection } from '../FormSection';
import { ScopesPicker } from './ScopesPicker';
import { ScopeSelection } from './useScopeSelection';

const useStyles = makeStyles({ note: { overflowWrap: 'anywhere' } });

type ScopesSectionProps = {
  offered: ApiKeyAvailableScopes;
  scopes: ScopeSelection;
  error: ScopesError | undefined;
  /** Errors of the backend. */
  entryErrors: EntryError[];
  disabled: boolean;
};

/** Asks for scopes of services outside of Backstage, if the portal offers any. */
export function ScopesSection(props: ScopesSectionProps) {
  const { offered, scopes, error, entryErrors, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const { notOffered } = scopes;
  const note = notOffered.length > 0 && (
    <Typography variant="body2" className={classes.note}>
      {t('scopes.leftOut', { scopes: notOffered.join(', ') })}
    </Typography>
  );
  if (!offersScopes(offered)) return note || null;
  return (
    <FormSection id="api-keys-outside" title={t('scopes.title')} inner>
      <Typography variant="body2" color="textSecondary">
        {t('scopes.rule')}
      </Typography>
      {note}
      <ScopesPicker offered={offered} scopes={scopes} disabled={disabled} />
      {error && (
        <FieldError>
          {error === 'none'
            ? t('scopes.none')
            : t('scopes.tooMany', { max: `${API_KEY_SCOPES_MAX}` })}
        </FieldError>
      )}
      {entryErrors.length > 0 && (
        <FieldError>
          {entryErrors
            .map(({ entry, problem: reason }) =>
              t('scopes.refused', { scope: entry, reason }),
            )
            .join(' ')}
        </FieldError>
      )}
    </FormSection>
  );
}
