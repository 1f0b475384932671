import { useApi } from '@backstage/core-plugin-api';
import Box from '@material-ui/core/Box';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  ApiKeyOwnerPolicies,
  ApiKeyPolicyField,
  ownerKindOf,
} from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { LoadError } from '../../shared/states/LoadError';
import { useTranslation } from '../../translations/useTranslation';
import { KnownGroups } from './KnownGroups';
import { PolicyFacts } from './PolicyFacts';
import { RefLink } from './RefLink';

type EffectivePolicyProps = {
  owner: string;
  /** The policies that it derives from; a change reloads it. */
  basis: ApiKeyOwnerPolicies;
};

/** The policy in force for an owner, with the source of each value. */
export function EffectivePolicy(props: EffectivePolicyProps) {
  const { owner, basis } = props;
  const { t } = useTranslation();
  const api = useApi(apiKeysApiRef);
  const { value, error, retry } = useAsyncRetry(
    () => api.getOwnerPolicy(owner),
    [api, owner, basis],
  );

  if (error) {
    return (
      <Box mt={2}>
        <LoadError
          title={t('policyLookup.loadFailed')}
          error={error}
          onRetry={async () => retry()}
        />
      </Box>
    );
  }
  if (!value) {
    return (
      <Box mt={2} role="status" aria-label={t('policyLookup.loading')}>
        <Skeleton height={160} variant="rect" />
      </Box>
    );
  }
  const explain = (field: ApiKeyPolicyField, words: string) => {
    const source = value.sources[field];
    if (!source) return t('policyLookup.configured', { value: words });
    if (source === value.owner) return t('policyLookup.own', { value: words });
    return t('policyLookup.from', {
      value: words,
      owner: (
        // Wraps to the next line as a whole.
        <span style={{ display: 'inline-block' }}>
          <RefLink entityRef={source} />
        </span>
      ),
    });
  };
  return (
    <>
      <PolicyFacts limits={value.effective} explain={explain} />
      {ownerKindOf(owner) === 'user' && (
        <KnownGroups memberOf={value.memberOf} />
      )}
    </>
  );
}
