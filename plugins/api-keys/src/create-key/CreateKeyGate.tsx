import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import { apiKeyCreatePermission } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../translations/useTranslation';

type CreateKeyGateProps = {
  /** @param allowed - false while unknown */
  children: (allowed: boolean) => JSX.Element;
};

/** Renders its children for users who can create keys, and an explanation for others. */
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
