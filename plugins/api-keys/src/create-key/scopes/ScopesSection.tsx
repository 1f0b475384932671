import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  API_KEY_SCOPES_MAX,
  ApiKeyChoosableScopes,
} from 'backstage-plugin-api-keys-common';
import { FieldError } from '../../shared/fields/FieldError';
import { offersScopes, ScopesProblem } from '../../shared/restrictions/scopes';
import { useTranslation } from '../../translations/useTranslation';
import { EntryProblem } from '../entryErrors';
import { FormSection } from '../FormSection';
import { ScopesPicker } from './ScopesPicker';
import { NewKeyScopes } from './useNewScopes';

const useStyles = makeStyles({ leftOut: { overflowWrap: 'anywhere' } });

type ScopesSectionProps = {
  offered: ApiKeyChoosableScopes;
  scopes: NewKeyScopes;
  problem: ScopesProblem | undefined;
  /** What the backend has said of scopes. */
  refused: EntryProblem[];
  disabled: boolean;
};

/** Asks what the key is for in services outside of Backstage, if there is something to choose. */
export function ScopesSection(props: ScopesSectionProps) {
  const { offered, scopes, problem, refused, disabled } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const { leftOut } = scopes;
  const note = leftOut.length > 0 && (
    <Typography variant="body2" className={classes.leftOut}>
      {t('scopes.leftOut', { scopes: leftOut.join(', ') })}
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
      {problem && (
        <FieldError>
          {problem === 'none'
            ? t('scopes.none')
            : t('scopes.tooMany', { max: `${API_KEY_SCOPES_MAX}` })}
        </FieldError>
      )}
      {refused.length > 0 && (
        <FieldError>
          {refused
            .map(({ entry, problem: reason }) =>
              t('scopes.refused', { scope: entry, reason }),
            )
            .join(' ')}
        </FieldError>
      )}
    </FormSection>
  );
}
