import Button from '@material-ui/core/Button';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useTranslation } from '../../translations/useTranslation';
import { SubmitError } from '../dialogs/SubmitError';
import { useSubmit } from '../dialogs/useSubmit';
import { download } from './download';

type CsvButtonProps = {
  load: () => Promise<Blob>;
  filename: string;
  /** Shown with an error. */
  advice: string;
};

/** Button that downloads a list as CSV. */
export function CsvButton(props: CsvButtonProps) {
  const { load, filename, advice } = props;
  const { t } = useTranslation();
  const { submit, busy, error } = useSubmit(async () => {
    download(await load(), filename);
  });
  return (
    <div>
      <Button
        variant="outlined"
        startIcon={<GetAppIcon />}
        disabled={busy}
        onClick={() => submit()}
      >
        {t('inventory.exportCsv')}
      </Button>
      <SubmitError error={error} advice={advice} />
    </div>
  );
}
