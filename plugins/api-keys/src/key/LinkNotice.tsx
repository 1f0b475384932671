import Box from '@material-ui/core/Box';
import Alert from '@material-ui/lab/Alert';
import { useTranslation } from '../translations/useTranslation';
import { LinkProblem } from './dialogs/keyActions';

type LinkNoticeProps = {
  problem: LinkProblem | undefined;
  onDismiss: () => void;
};

/** Explains why an action from a link is not possible. */
export function LinkNotice(props: LinkNoticeProps) {
  const { problem, onDismiss } = props;
  const { t } = useTranslation();
  return (
    <div role="status">
      {problem && (
        <Box mb={2}>
          <Alert
            severity="info"
            role="none"
            closeText={t('page.dismiss')}
            onClose={onDismiss}
          >
            {t(`keyLink.${problem.action}`)}{' '}
            {t(`keyLink.reason_${problem.reason}`)}
          </Alert>
        </Box>
      )}
    </div>
  );
}
