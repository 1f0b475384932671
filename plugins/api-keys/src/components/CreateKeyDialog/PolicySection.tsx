import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { NewKeyTimes } from '../../hooks/useNewKey';
import { NewKeyPolicy } from '../../hooks/useNewKeyPolicy';
import { durationLength } from '../../lib/durations';
import { ExpiryFieldValue } from '../../lib/expiry';
import { InactivityChoice } from '../../lib/inactivity';
import { apiKeysTranslationRef } from '../../translation';
import { ExpiryField } from '../ExpiryField';
import { LoadError } from '../LoadError';
import { FormSection } from './FormSection';
import { InactivityField } from './InactivityField';
import { KeyLimit } from './KeyLimit';
import { KeySentence } from './KeySentence';

/** The part of the form that depends on the policy of the owner: how long the key works, and whether there is room for it. */
export const PolicySection = (props: {
  limits: NewKeyPolicy;
  times: NewKeyTimes | undefined;
  now: number;
  onExpiry: (value: ExpiryFieldValue) => void;
  onInactivity: (choice: InactivityChoice) => void;
  disabled: boolean;
}) => {
  const { limits, times, now, onExpiry, onInactivity } = props;
  const { me, policy, isCurrent, error, retry } = limits;
  const { t } = useTranslationRef(apiKeysTranslationRef);

  if (error) {
    return (
      <LoadError
        title={t('create.policyFailed')}
        error={error}
        onRetry={async () => retry()}
      />
    );
  }
  if (!policy || !times) {
    return (
      <Box my={2}>
        <LinearProgress aria-label={t('create.policyLoading')} />
      </Box>
    );
  }

  const { expiry, timeout, stricter } = times;
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
      <FormSection id="api-keys-time" title={t('create.time')}>
        {stricterTexts.length > 0 && (
          <Typography variant="body2" color="textSecondary">
            {stricterTexts.join(' ')}
          </Typography>
        )}
        <ExpiryField
          policy={policy}
          now={now}
          value={times.expiryValue}
          expiry={expiry}
          onChange={onExpiry}
          disabled={disabled}
        />
        <InactivityField
          policy={policy}
          value={times.inactivity}
          pointless={pointless}
          onChange={onInactivity}
          disabled={disabled}
        />
      </FormSection>
      <KeyLimit policy={policy} isMine={policy.owner === me} />
      <KeySentence
        expiry={expiry}
        owner={policy.owner}
        isMine={policy.owner === me}
        timeout={timeout === null || pointless ? undefined : timeout}
      />
    </>
  );
};
