import { durationLength } from 'backstage-plugin-api-keys-common';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { RightsChoice } from '../../shared/restrictions/rightsChoice';
import { LoadError } from '../../shared/states/LoadError';
import { useTranslation } from '../../translations/useTranslation';
import { EntryProblem } from '../entryErrors';
import { FormSection } from '../FormSection';
import { RightsSection } from '../rights/RightsSection';
import { NewKeyScopes } from '../scopes/useNewScopes';
import { NewKeyTerms } from '../useNewKey';
import { ExpiryFieldValue } from './expiry';
import { ExpiryField } from './ExpiryField';
import { InactivityChoice } from './inactivity';
import { InactivityField } from './InactivityField';
import { KeyLimit } from './KeyLimit';
import { KeySentence } from './KeySentence';
import { OwnershipNotice } from './OwnershipNotice';
import { NewKeyPolicy } from './useNewKeyPolicy';

type PolicySectionProps = {
  limits: NewKeyPolicy;
  terms: NewKeyTerms | undefined;
  scopes: NewKeyScopes;
  /** What the backend has said of scopes. */
  scopeProblems: EntryProblem[];
  now: number;
  onExpiry: (value: ExpiryFieldValue) => void;
  onInactivity: (choice: InactivityChoice) => void;
  onRights: (rights: RightsChoice) => void;
  /** What else there is to ask before all of it is summed up. */
  children: ReactNode;
  disabled: boolean;
};

/** The part of the form that depends on the policy of the owner: what the key may do, how long, and whether there is room for it. */
export function PolicySection(props: PolicySectionProps) {
  const { limits, terms, now, onExpiry, onInactivity, onRights } = props;
  const { me, policy, isCurrent, error, retry } = limits;
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
  if (!policy || !terms) {
    return (
      <Box my={2}>
        <LinearProgress aria-label={t('create.policyLoading')} />
      </Box>
    );
  }

  const { expiry, timeout, stricter } = terms;
  // The fields of the owner before stand until those of the new one are known, so that nothing jumps.
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
        policy={policy}
        isMine={policy.owner === me}
        terms={terms}
        scopes={props.scopes}
        scopeProblems={props.scopeProblems}
        onChange={onRights}
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
          value={terms.expiryValue}
          expiry={expiry}
          onChange={onExpiry}
          disabled={disabled}
        />
        <InactivityField
          policy={policy}
          value={terms.inactivity}
          pointless={pointless}
          onChange={onInactivity}
          disabled={disabled}
        />
      </FormSection>
      {props.children}
      <OwnershipNotice policy={policy} />
      <KeyLimit policy={policy} isMine={policy.owner === me} />
      <KeySentence
        expiry={expiry}
        owner={policy.owner}
        isMine={policy.owner === me}
        isRestricted={terms.restrictions !== null}
        timeout={timeout === null || pointless ? undefined : timeout}
      />
    </>
  );
}
