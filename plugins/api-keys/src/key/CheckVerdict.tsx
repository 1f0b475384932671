import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { ApiKeyCheck } from 'backstage-plugin-api-keys-common';
import { useTranslation } from '../translations/useTranslation';

const SEVERITIES = {
  allow: 'success',
  deny: 'error',
  conditional: 'info',
} as const;

type CheckVerdictProps = {
  check: ApiKeyCheck;
  ofPermission: boolean;
};

/** The result of an access check and the rule that decided it. */
export function CheckVerdict(props: CheckVerdictProps) {
  const { check, ofPermission } = props;
  const { decision, rule, message } = check;
  const { t } = useTranslation();
  const words = () => {
    switch (decision) {
      case 'allow':
        return ofPermission
          ? t('keyRights.rule.allow.permission')
          : t('keyRights.rule.allow.policy');
      case 'deny':
        return t(`keyRights.rule.deny.${rule}`);
      case 'conditional':
        return t('keyRights.rule.conditional');
      default:
        throw new Error(`Unknown decision: ${decision satisfies never}`);
    }
  };
  return (
    <Box mt={1.5}>
      <Alert severity={SEVERITIES[decision]} role="none">
        <AlertTitle>{t(`keyRights.${decision}`)}</AlertTitle>
        <div>{words()}</div>
        <div>{message}.</div>
      </Alert>
    </Box>
  );
}
