import { durationLength } from 'backstage-plugin-api-keys-common';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { LoadError } from '../../shared/states/LoadError';
import { useTranslation } from '../../translations/useTranslation';
import { EntryError } from '../entryErrors';
import { FormSection } from '../FormSection';
import { RightsSection } from '../rights/RightsSection';
import { CreateKeyFormState } from '../useCreateKeyForm';
import { ExpiryField } from './ExpiryField';
import { InactivityField } from './InactivityField';
import { KeyLimit } from './KeyLimit';
import { KeySentence } from './KeySentence';
import { OwnershipNotice } from './OwnershipNotice';

type PolicySectionProps = {
  form: CreateKeyFormState;
  scopeErrors: EntryError[];
  disabled: boolean;
  /** Fields between the expiry and the summary. */
  children: ReactNode;
};

/** The part of the form that depends on the policy of the owner: rights, expiry and the number of keys. */
export function PolicySection(props: PolicySectionProps) {
  const { form, scopeErrors, children } = props;
  const { resolved, now, change } = form;
  const { me, isCurrent, error, retry } = form.owner;
  const { t } = useTranslation();

  if (error) {
    return (
      <LoadError
        title={t('create.policyFailed')}
        error={error}
        onRetry={async () => retry()}
      />
    );
  }
  if (!resolved) {
    return (
      <Box my={2}>
        <LinearProgress aria-label={t('create.policyLoading')} />
      </Box>
    );
  }

  const { policy, settings } = resolved;
  const { expiry, timeout, stricter } = settings;
  const isMine = policy.owner === me;
  // After a change of the owner, the old fields stay until the new policy has loaded, so that the layout does not jump.
  const disabled = props.disabled || !isCurrent;
  const endsAt = 'endsAt' in expiry ? expiry.endsAt?.toMillis() : undefined;
  const pointless =
    timeout !== null &&
    endsAt !== undefined &&
    now + durationLength(timeout) >= endsAt;
  const stricterTexts = [
    stricter.expiry && t(`expiry.${stricter.expiry}`),
    stricter.inactivity && t('inactivity.stricter'),
  ].filter(Boolean);

  return (
    <>
      <RightsSection
        form={form}
        policy={policy}
        settings={settings}
        scopeErrors={scopeErrors}
        disabled={disabled}
      />
      <FormSection id="api-keys-time" title={t('create.time')}>
        {stricterTexts.length > 0 && (
          <Typography variant="body2" color="textSecondary">
            {stricterTexts.join(' ')}
          </Typography>
        )}
        <ExpiryField
          policy={policy}
          now={now}
          value={settings.expiryValue}
          expiry={expiry}
          onChange={value => change({ expiry: { value, owner: policy.owner } })}
          disabled={disabled}
        />
        <InactivityField
          policy={policy}
          value={settings.inactivity}
          pointless={pointless}
          onChange={inactivity => change({ inactivity })}
          disabled={disabled}
        />
      </FormSection>
      {children}
      <OwnershipNotice policy={policy} />
      <KeyLimit policy={policy} isMine={isMine} />
      <KeySentence
        expiry={expiry}
        owner={policy.owner}
        isMine={isMine}
        isRestricted={settings.restrictions !== null}
        timeout={timeout === null || pointless ? undefined : timeout}
      />
    </>
  );
}
