import Box from '@material-ui/core/Box';
import Link from '@material-ui/core/Link';
import Alert from '@material-ui/lab/Alert';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { AppLink } from '../routing/AppLink';
import { useKeyPaths } from '../routing/useKeyPaths';
import { RelativeTime } from '../shared/time/RelativeTime';
import { useTranslation } from '../translations/useTranslation';

type KeyNoticeProps = { apiKey: ApiKey };

/** Links from a rotated key to its successor. */
export function KeyNotice({ apiKey }: KeyNoticeProps) {
  const { t } = useTranslation();
  const paths = useKeyPaths();
  const { status, successorId, overlapEndsAt } = apiKey;
  if (!successorId) return null;
  const linkTo = (text: string) => (
    <Link
      component={AppLink}
      to={paths.key(successorId)}
      color="inherit"
      underline="always"
    >
      {text}
    </Link>
  );
  return (
    <Box mb={2}>
      {status === 'retiring' && overlapEndsAt ? (
        <Alert severity="warning" role="none">
          {t('keyPage.retiring', {
            successor: linkTo(t('keyPage.successor')),
            when: <RelativeTime time={overlapEndsAt} />,
          })}
        </Alert>
      ) : (
        <Alert severity="info" role="none">
          {t('keyPage.replaced', {
            successor: linkTo(t('keyPage.successorFirst')),
          })}
        </Alert>
      )}
    </Box>
  );
}
