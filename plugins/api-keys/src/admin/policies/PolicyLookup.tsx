import Box from '@material-ui/core/Box';
import { ApiKeyOwnerPolicies } from 'backstage-plugin-api-keys-common';
import { useAddressParams } from '../../routing/useAddressParams';
import { OwnerField } from '../../shared/fields/OwnerField';
import { toOwnerRef } from '../../shared/keys/ownerRef';
import { useTranslation } from '../../translations/useTranslation';
import { EffectivePolicy } from './EffectivePolicy';
import { PolicyCard } from './PolicyCard';

type PolicyLookupProps = {
  /** A change reloads the policy in force. */
  policies: ApiKeyOwnerPolicies;
};

/** Shows the policy in force for an owner. The owner is in the URL. */
export function PolicyLookup(props: PolicyLookupProps) {
  const { policies } = props;
  const { t } = useTranslation();
  const [params, setParams] = useAddressParams();
  const owner = toOwnerRef(params.get('owner') ?? '');
  return (
    <PolicyCard
      titleId="api-keys-policy-whose"
      title={t('policyLookup.title')}
      hint={t('policyLookup.intro')}
    >
      <Box mt={2}>
        <OwnerField
          id="api-keys-policy-lookup"
          label={t('policyLookup.owner')}
          placeholder={t('inventory.ownerHint')}
          value={owner}
          onChange={next =>
            setParams(next ? { owner: next } : {}, { replace: true })
          }
        />
      </Box>
      {owner && <EffectivePolicy key={owner} owner={owner} basis={policies} />}
    </PolicyCard>
  );
}
