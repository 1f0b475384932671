import { useState } from 'react';
import useDebounce from 'react-use/lib/useDebounce';

/** How long the typing has to rest before the backend is asked, in milliseconds. */
const DEBOUNCE = 300;

/** What was typed, once the typing rests. */
export function useDebouncedValue(typed: string): string {
  const [rested, setRested] = useState(typed);
  useDebounce(() => setRested(typed), DEBOUNCE, [typed]);
  return rested;
}
