import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { apiKeysTranslationRef } from '../../translation';
import { CreateKeyGate } from '../CreateKeyGate';

/** Opens the way to a new key, for those who may make one. */
export const CreateKeyButton = ({ onClick }: { onClick: () => void }) => {
  const { t } = useTranslationRef(apiKeysTranslationRef);
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
