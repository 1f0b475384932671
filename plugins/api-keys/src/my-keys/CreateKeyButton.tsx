import Button from '@material-ui/core/Button';
import { CreateKeyGate } from '../create-key/CreateKeyGate';
import { useTranslation } from '../translations/useTranslation';

type CreateKeyButtonProps = { onClick: () => void };

/** Button to create a key, for users who can. */
export function CreateKeyButton({ onClick }: CreateKeyButtonProps) {
  const { t } = useTranslation();
  return (
    <CreateKeyGate>
      {allowed => (
        <Button
          variant="contained"
          color="primary"
          disabled={!allowed}
          onClick={onClick}
        >
          {t('page.create')}
        </Button>
      )}
    </CreateKeyGate>
  );
}
