import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { Fragment } from 'react';
import { FieldError } from '../../shared/fields/FieldError';
import {
  offeredPresets,
  RightsChoice,
  withPreset,
} from '../../shared/restrictions/rightsChoice';
import { RightsSentence } from '../../shared/restrictions/RightsSentence';
import { offersScopes } from '../../shared/restrictions/scopes';
import { useTranslation } from '../../translations/useTranslation';
import { ResolvedKeySettings } from '../createKeyValues';
import { EntryError } from '../entryErrors';
import { FormSection } from '../FormSection';
import { ScopesSection } from '../scopes/ScopesSection';
import { CreateKeyFormState } from '../useCreateKeyForm';
import { RightsLimits } from './RightsLimits';
import { RightsPicker } from './RightsPicker';

const HINT_ID = 'api-keys-rights-hint';

const useStyles = makeStyles(theme => ({
  option: { marginRight: 0 },
  radio: { padding: theme.spacing(0.75, 1.125) },
  // Aligns with the label of the radio button.
  hint: { margin: theme.spacing(-0.5, 0, 0.5, 3.5) },
  sentence: {
    margin: theme.spacing(1, 0),
    padding: theme.spacing(1, 2),
    borderLeft: `4px solid ${theme.palette.primary.main}`,
    backgroundColor: theme.palette.action.hover,
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
}));

type RightsSectionProps = {
  form: CreateKeyFormState;
  policy: ApiKeyPolicy;
  settings: ResolvedKeySettings;
  scopeErrors: EntryError[];
  disabled: boolean;
};

/** Asks what the key can be used for, in Backstage and outside, and sums it up. */
export function RightsSection(props: RightsSectionProps) {
  const { form, policy, settings, scopeErrors, disabled } = props;
  const { rights, rightsError, scopesError, restrictions } = settings;
  const { scopes } = form;
  const isMine = policy.owner === form.owner.me;
  const onChange = (next: RightsChoice) => form.change({ rights: next });
  const { t } = useTranslation();
  const { primaryTitle: owner } = useEntityPresentation(policy.owner);
  const classes = useStyles();
  const options = [...offeredPresets(policy), 'choose'] as const;

  const labelOf = (preset: RightsChoice['preset']) =>
    preset === 'everything' && !isMine
      ? t('rights.preset.teamEverything', { owner })
      : t(`rights.preset.${preset}`);

  return (
    <FormSection id="api-keys-may" title={t('rights.title')}>
      <RightsLimits policy={policy} />
      {settings.stricter.rights && (
        <Typography variant="body2" color="textSecondary">
          {t('rights.stricter')}
        </Typography>
      )}
      <RadioGroup
        aria-label={t('rights.label')}
        value={rights.preset}
        onChange={event =>
          onChange(
            withPreset(
              rights,
              event.target.value as RightsChoice['preset'],
              policy,
            ),
          )
        }
      >
        {options.map(preset => (
          <Fragment key={preset}>
            <FormControlLabel
              value={preset}
              className={classes.option}
              label={labelOf(preset)}
              disabled={disabled}
              control={
                <Radio
                  color="primary"
                  size="small"
                  className={classes.radio}
                  inputProps={{
                    'aria-describedby':
                      preset === rights.preset ? HINT_ID : undefined,
                  }}
                />
              }
            />
            {preset === rights.preset && (
              <Typography
                id={HINT_ID}
                variant="body2"
                color="textSecondary"
                className={classes.hint}
              >
                {t(`rights.hint.${preset}`)}
              </Typography>
            )}
          </Fragment>
        ))}
      </RadioGroup>
      {rights.preset === 'choose' && (
        <RightsPicker
          policy={policy}
          value={rights.chosen}
          onChange={chosen => onChange({ preset: 'choose', chosen })}
          disabled={disabled}
        />
      )}
      {rightsError && (
        <FieldError>
          {t(`rights.problem.${rightsError}`, {
            count: policy.restrictions.maxPlugins ?? 0,
          })}
        </FieldError>
      )}
      <ScopesSection
        offered={policy.scopes}
        scopes={scopes}
        error={scopesError}
        entryErrors={scopeErrors}
        disabled={disabled}
      />
      {!rightsError && !scopesError && (
        <Typography
          variant="body2"
          className={classes.sentence}
          aria-live="polite"
        >
          <RightsSentence
            restrictions={restrictions}
            owner={policy.owner}
            isMine={isMine}
            forbidden={policy.restrictions.forbidden}
            outside={
              offersScopes(policy.scopes)
                ? scopes.chosen.map(scopes.titleOf)
                : undefined
            }
          />
        </Typography>
      )}
    </FormSection>
  );
}
