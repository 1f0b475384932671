import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Box from '@material-ui/core/Box';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { useLocale } from '../../hooks/useLocale';
import { Expiry } from '../../lib/expiry';
import { dayAndTime } from '../../lib/relativeTime';
import { apiKeysTranslationRef } from '../../translation';
import { ExpiryField } from '../ExpiryField';
import type { ExpiryFieldValue } from '../ExpiryField/ExpiryField';
import { LoadError } from '../LoadError';

/** Says in one sentence when the key will end and what it can do. */
const EndSentence = ({ expiry }: { expiry: Expiry }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const locale = useLocale();
  if ('problem' in expiry) return null;
  return (
    <Box mt={2}>
      <Typography variant="body2">
        {expiry.endsAt
          ? t('expiry.ends', { date: dayAndTime(expiry.endsAt, locale) })
          : t('expiry.endsNever')}
      </Typography>
    </Box>
  );
};

/** The part of the form that depends on the policy: when the key ends, and whether there is room for it. */
export const PolicySection = (props: {
  policy: ApiKeyPolicy | undefined;
  error: Error | undefined;
  onRetry: () => void;
  now: number;
  value: ExpiryFieldValue | undefined;
  expiry: Expiry | undefined;
  onChange: (value: ExpiryFieldValue) => void;
  disabled: boolean;
}) => {
  const { policy, error, onRetry, now, value, expiry, onChange, disabled } =
    props;
  const { t } = useTranslationRef(apiKeysTranslationRef);

  if (!policy || !value || !expiry) {
    return (
      <Box mt={2}>
        {error ? (
          <LoadError
            title={t('create.policyFailed')}
            error={error}
            onRetry={async () => onRetry()}
          />
        ) : (
          <LinearProgress aria-label={t('create.policyLoading')} />
        )}
      </Box>
    );
  }

  const { keysInUse, keysPerOwner } = policy.limits;
  return (
    <>
      <ExpiryField
        policy={policy}
        now={now}
        value={value}
        expiry={expiry}
        onChange={onChange}
        disabled={disabled}
      />
      <EndSentence expiry={expiry} />
      {keysInUse >= keysPerOwner && (
        <Box mt={2}>
          <Alert severity="warning">
            {t('create.limit', { count: keysPerOwner })}{' '}
            {t('create.limitAdvice')}
          </Alert>
        </Box>
      )}
    </>
  );
};
