import Button from '@material-ui/core/Button';
import { useTranslation } from '../../translations/useTranslation';

type BulkButtonsProps = {
  selected: number;
  /** How many match the filters; `undefined` where that is not known, or where there are none. */
  matching: number | undefined;
  /** Whether more match than that. */
  andMore: boolean;
  onTransferSelected: () => void;
  onRevokeSelected: () => void;
  onRevokeMatching: () => void;
};

/** The ways to do something with many keys. */
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
