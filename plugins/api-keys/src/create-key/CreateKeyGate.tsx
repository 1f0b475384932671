import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../translations/useTranslation';

type CreateKeyGateProps = {
  /** @param allowed - false as long as that is not known */
  children: (allowed: boolean) => JSX.Element;
};

/** What leads to a new key; who may not make one reads why instead. */
export function CreateKeyGate(props: CreateKeyGateProps) {
  const { t } = useTranslation();
  const { loading, allowed, error } = usePermission({
    permission: apiKeyCreatePermission,
  });
  if (allowed || loading) return props.children(allowed);
  return (
    <Typography variant="body2">
      {t(error ? 'page.createUnknown' : 'page.createDenied')}
    </Typography>
  );
}
