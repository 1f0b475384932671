import Button from '@material-ui/core/Button';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useCallback } from 'react';
import { useSubmit } from '../../hooks/useSubmit';
import { useTexts } from '../../hooks/useTexts';
import { download } from '../../lib/download';
import { SubmitError } from '../SubmitError';

/** Downloads a list as CSV. */
export const CsvButton = (props: {
  load: () => Promise<Blob>;
  filename: string;
  /** What to say if it fails. */
  advice: string;
}) => {
  const { load, filename, advice } = props;
  const { t } = useTexts();
  const { submit, busy, error } = useSubmit(
    useCallback(async () => {
      download(await load(), filename);
    }, [load, filename]),
  );
  return (
    <div>
      <Button
        variant="outlined"
        startIcon={<GetAppIcon />}
        disabled={busy}
        onClick={submit}
      >
        {t('inventory.exportCsv')}
      </Button>
      <SubmitError error={error} advice={advice} />
    </div>
  );
};
