import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { useTranslation } from '../../../translations/useTranslation';

type RevokeProgressProps = { done: number; all: number };

/** Progress of a bulk revocation. */
export function RevokeProgress(props: RevokeProgressProps) {
  const { done, all } = props;
  const { t } = useTranslation();
  const text = t('bulk.progress', { done: `${done}`, all: `${all}` });
  return (
    <>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, (100 * done) / all)}
        aria-label={text}
      />
      <Typography variant="body2" color="textSecondary" role="status">
        {text}
      </Typography>
    </>
  );
}
