import { ApiKey, UpdateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { containSecret, KeyFieldValues } from '../../shared/fields/KeyFields';

export function initialValues({ name, description }: ApiKey): KeyFieldValues {
  return { name, description: description ?? '' };
}

export function isValid(values: KeyFieldValues): boolean {
  return values.name.trim() !== '' && !containSecret(values);
}

/** Returns only changed fields, so that changes of other users to the other fields are kept. */
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
