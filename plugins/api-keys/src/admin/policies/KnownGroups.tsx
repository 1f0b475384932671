import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Fragment } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { RefLink } from './RefLink';

type KnownGroupsProps = { memberOf: string[] | null };

/**
 * Lists the groups of a user that the policy considers. The backend knows only those seen when the user last managed a
 * key.
 */
export function KnownGroups(props: KnownGroupsProps) {
  const { memberOf } = props;
  const { t } = useTranslation();
  if (!memberOf) {
    return (
      <Box mt={2}>
        <Alert severity="info">{t('policyLookup.unknownGroups')}</Alert>
      </Box>
    );
  }
  const groups = memberOf.map((entityRef, i) => (
    <Fragment key={entityRef}>
      {i > 0 && ', '}
      <RefLink entityRef={entityRef} />
    </Fragment>
  ));
  return (
    <Box mt={2}>
      <Typography variant="body2" color="textSecondary">
        {memberOf.length > 0
          ? t('policyLookup.groups', { groups: <>{groups}</> })
          : t('policyLookup.noGroups')}
      </Typography>
    </Box>
  );
}
