import { DateTime } from 'luxon';
import { useState } from 'react';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { daysToPick, endOfDay, NewExpiry } from '../time/newExpiry';
import { dayAndTime } from '../time/formatTime';

/**
 * State of a LastDayField that starts empty.
 *
 * @param latest - the latest moment at which the key may end
 */
export function useLastDay(latest: DateTime): {
  picked: NewExpiry;
  /** Explains why the day cannot be picked. */
  errorText: string | undefined;
  /** Props of the field. */
  field: {
    value: string;
    days: { min: string; max: string };
    error: boolean;
    onChange: (value: string) => void;
  };
} {
  const { t } = useTranslation();
  const locale = useLocale();
  const [now] = useState(() => Date.now());
  const [value, onChange] = useState('');
  const picked = endOfDay(value, latest, now);
  const errorText =
    value && 'problem' in picked
      ? t(`expiry.${picked.problem}`, { date: dayAndTime(latest, locale) })
      : undefined;
  return {
    picked,
    errorText,
    field: {
      value,
      days: daysToPick(latest, now),
      error: errorText !== undefined,
      onChange,
    },
  };
}
