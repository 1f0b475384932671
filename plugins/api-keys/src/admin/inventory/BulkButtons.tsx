import Button from '@material-ui/core/Button';
import { useTranslation } from '../../translations/useTranslation';

type BulkButtonsProps = {
  selected: number;
  /** Number of keys that match the filters; `undefined` if it is unknown or zero. */
  matching: number | undefined;
  /** Set if `matching` is a lower bound. */
  andMore: boolean;
  onTransferSelected: () => void;
  onRevokeSelected: () => void;
  onRevokeMatching: () => void;
};

/** Buttons of the bulk actions. */
export function BulkButtons(props: BulkButtonsProps) {
  const { selected, matching, andMore } = props;
  const { onTransferSelected, onRevokeSelected, onRevokeMatching } = props;
  const { t } = useTranslation();
  return (
    <>
      <Button
        variant="outlined"
        disabled={selected === 0}
        onClick={onTransferSelected}
      >
        {t('inventory.transferSelected', { selected: `${selected}` })}
      </Button>
      <Button
        variant="outlined"
        disabled={selected === 0}
        onClick={onRevokeSelected}
      >
        {t('inventory.revokeSelected', { selected: `${selected}` })}
      </Button>
      {matching !== undefined && matching > 0 && (
        <Button variant="outlined" onClick={onRevokeMatching}>
          {andMore
            ? t('inventory.revokeMatchingMany')
            : t('inventory.revokeMatching', { count: matching })}
        </Button>
      )}
    </>
  );
}
