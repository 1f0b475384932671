import Chip from '@material-ui/core/Chip';
import { InventoryFilters } from '../../../shared/filters/inventoryFilters';
import { dayInWords, daysInWords } from '../../../shared/time/days';
import { useLocale } from '../../../translations/useLocale';
import { useTranslation } from '../../../translations/useTranslation';

type DayChipsProps = {
  values: InventoryFilters;
  onChange: (values: InventoryFilters) => void;
};

/** Removable chips for the date filters that the charts set. */
export function DayChips(props: DayChipsProps) {
  const { values, onChange } = props;
  const { expiresFrom, expiresTo, usedOn } = values;
  const { t } = useTranslation();
  const locale = useLocale();
  const expiryText = () => {
    if (expiresFrom && expiresTo) {
      const days = daysInWords(expiresFrom, expiresTo, locale);
      return t('inventory.expiresOn', { days });
    }
    return expiresFrom
      ? t('inventory.expiresFrom', { day: dayInWords(expiresFrom, locale) })
      : t('inventory.expiresTo', { day: dayInWords(expiresTo, locale) });
  };
  return (
    <>
      {(expiresFrom || expiresTo) && (
        <Chip
          label={expiryText()}
          onDelete={() =>
            onChange({ ...values, expiresFrom: '', expiresTo: '' })
          }
        />
      )}
      {usedOn && (
        <Chip
          label={t('inventory.usedOn', { day: dayInWords(usedOn, locale) })}
          onDelete={() => onChange({ ...values, usedOn: '' })}
        />
      )}
    </>
  );
}
