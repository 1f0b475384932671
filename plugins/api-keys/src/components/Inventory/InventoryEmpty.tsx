import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { apiKeysTranslationRef } from '../../translation';
import { StateMessage } from '../StateMessage';

/** Says why the inventory shows no key. */
export const InventoryEmpty = (props: {
  filtered: boolean;
  onClear: () => void;
}) => {
  const { filtered, onClear } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return filtered ? (
    <StateMessage
      title={t('inventory.noMatchTitle')}
      text={t('inventory.noMatchText')}
      action={
        <Button variant="outlined" onClick={onClear}>
          {t('inventory.clear')}
        </Button>
      }
    />
  ) : (
    <StateMessage
      title={t('inventory.emptyTitle')}
      text={t('inventory.emptyText')}
    />
  );
};
