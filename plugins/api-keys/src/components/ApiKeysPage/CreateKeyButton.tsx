import Button from '@material-ui/core/Button';
import { useTexts } from '../../hooks/useTexts';
import { CreateKeyGate } from '../CreateKeyGate';

/** Opens the way to a new key, for those who may make one. */
export const CreateKeyButton = ({ onClick }: { onClick: () => void }) => {
  const { t } = useTexts();
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
};
