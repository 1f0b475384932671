import {
  ApiKeyPolicyField,
  ApiKeyPolicyOverride,
} from 'backstage-plugin-api-keys-common';
import { durationInWords } from '../../shared/time/durations';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { policyEntries, PolicyValue } from './policyFieldSpecs';

/** Formats policies as text. */
export function usePolicyTexts(): {
  /** Formats the value of a field. */
  valueInWords: (field: ApiKeyPolicyField, value: PolicyValue) => string;
  /** Returns one phrase for each field that a policy sets. */
  phrasesOf: (policy: ApiKeyPolicyOverride) => string[];
} {
  const { t } = useTranslation();
  const locale = useLocale();

  const yesOrNo = (field: ApiKeyPolicyField, value: boolean) => {
    if (field === 'restrictions.required') {
      return t(value ? 'policyValue.required' : 'policyValue.optional');
    }
    return t(value ? 'policyValue.allowed' : 'policyValue.forbidden');
  };

  const valueInWords = (field: ApiKeyPolicyField, value: PolicyValue) => {
    switch (typeof value) {
      case 'boolean':
        return yesOrNo(field, value);
      case 'number':
        if (field === 'restrictions.maxPlugins') {
          return t('policyValue.plugins', { count: value });
        }
        return value === 0
          ? t('policyValue.noKeys')
          : t('policyValue.keys', { count: value });
      case 'string':
        return durationInWords(value, locale);
      default:
        if (value?.length) return value.join(', ');
        return t(
          field === 'inactivity.max' || field === 'restrictions.maxPlugins'
            ? 'policyValue.noLimit'
            : 'policyValue.none',
        );
    }
  };

  const phraseOf = (field: ApiKeyPolicyField, value: PolicyValue) => {
    const duration =
      typeof value === 'string' ? durationInWords(value, locale) : '';
    switch (field) {
      case 'lifetime.max':
        return t('policyDiffers.maxLifetime', { duration });
      case 'lifetime.default':
        return t('policyDiffers.defaultLifetime', { duration });
      case 'lifetime.allowUnlimited':
        return t(value ? 'policyDiffers.unlimited' : 'policyDiffers.limited');
      case 'inactivity.max':
        return value === null
          ? t('policyDiffers.anyInactivity')
          : t('policyDiffers.maxInactivity', { duration });
      case 'inactivity.default':
        return value === null
          ? t('policyDiffers.noInactivity')
          : t('policyDiffers.defaultInactivity', { duration });
      case 'restrictions.required':
        return t(
          value ? 'policyDiffers.restricted' : 'policyDiffers.unrestricted',
        );
      case 'restrictions.maxPlugins':
        return value === null
          ? t('policyDiffers.anyPlugins')
          : t('policyDiffers.plugins', { count: Number(value) });
      case 'restrictions.forbidden': {
        const plugins = Array.isArray(value) ? value.join(', ') : '';
        return plugins
          ? t('policyDiffers.notFor', { plugins })
          : t('policyDiffers.noneForbidden');
      }
      case 'limits.keysPerOwner':
        return value === 0
          ? t('policyDiffers.noKeys')
          : t('policyDiffers.keys', { count: Number(value) });
      default:
        throw new Error(`Unknown field: ${field satisfies never}`);
    }
  };

  return {
    valueInWords,
    phrasesOf: policy =>
      policyEntries(policy).map(({ field, value }) => phraseOf(field, value)),
  };
}
