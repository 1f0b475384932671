import { ApiKey, UpdateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { containSecret, KeyFieldValues } from '../../shared/fields/KeyFields';

export function initialValues({ name, description }: ApiKey): KeyFieldValues {
  return { name, description: description ?? '' };
}

export function isValid(values: KeyFieldValues): boolean {
  return values.name.trim() !== '' && !containSecret(values);
}

/** Returns only changed fields, so that it does not overwrite a change of somebody else to the others. */
export function toRequest(
  apiKey: ApiKey,
  values: KeyFieldValues,
): UpdateApiKeyRequest {
  const name = values.name.trim();
  const description = values.description.trim() || null;
  return {
    ...(name !== apiKey.name && { name }),
    ...(description !== apiKey.description && { description }),
  };
}
