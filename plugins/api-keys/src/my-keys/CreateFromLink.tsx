import { useApi } from '@backstage/core-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { CreateKeyDialog } from '../create-key/CreateKeyDialog';
import { isNotAllowed, isNotFound, toError } from '../shared/data/errors';
import { useErrorText } from '../shared/states/useErrorText';
import { useTranslation } from '../translations/useTranslation';
import { NewKeyLink } from './useNewKeyLink';

type CreateFromLinkProps = {
  link: NewKeyLink;
  onCreated: () => void;
  onClose: (created: boolean) => void;
};

/** Opens the creation dialog for a link that requests a copy of a key or some scopes. */
export function CreateFromLink(props: CreateFromLinkProps) {
  const { link, onCreated, onClose } = props;
  const { from, scopes } = link;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const api = useApi(apiKeysApiRef);
  // The page itself explains a missing permission.
  const { allowed } = usePermission({ permission: apiKeyCreatePermission });
  const model = useAsync(async () => {
    if (!from) return {};
    try {
      return { key: await api.getKey(from) };
    } catch (thrown) {
      return { error: toError(thrown) };
    }
  }, [api, from]);

  if (!allowed || !model.value) return null;
  const { key, error } = model.value;
  const noticeOf = (reason: Error) =>
    isNotFound(reason) || isNotAllowed(reason)
      ? t('create.modelMissing')
      : t('create.modelFailed', { reason: errorText(reason) });
  return (
    <CreateKeyDialog
      from={key}
      scopes={scopes}
      notice={error && noticeOf(error)}
      onCreated={onCreated}
      onClose={onClose}
    />
  );
}
