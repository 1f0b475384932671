import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { apiKeysTranslationRef } from '../../translation';
import { StateMessage } from '../StateMessage';

/** Says why the trail shows nothing. */
export const TrailEmpty = (props: {
  filtered: boolean;
  onClear: () => void;
}) => {
  const { filtered, onClear } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  return filtered ? (
    <StateMessage
      title={t('trail.noMatchTitle')}
      text={t('trail.noMatchText')}
      action={
        <Button variant="outlined" onClick={onClear}>
          {t('trail.clear')}
        </Button>
      }
    />
  ) : (
    <StateMessage title={t('trail.emptyTitle')} text={t('trail.emptyText')} />
  );
};
