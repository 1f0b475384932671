import { ApiKeyPolicyLimits } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../../translations/useTranslation';
import { PolicyCard } from './PolicyCard';
import { PolicyFacts } from './PolicyFacts';

type ConfiguredPolicyProps = { configured: ApiKeyPolicyLimits };

/** The configured policy, which applies unless another one is set for an owner. */
export function ConfiguredPolicy(props: ConfiguredPolicyProps) {
  const { t } = useTranslation();
  return (
    <PolicyCard
      titleId="api-keys-policy-configured"
      title={t('policies.configuredTitle')}
      hint={t('policies.configuredHint')}
    >
      <PolicyFacts limits={props.configured} />
    </PolicyCard>
  );
}
