import { useState } from 'react';
import useDebounce from 'react-use/lib/useDebounce';

/** Delay after the last keystroke. */
const DEBOUNCE = 300;

/** Returns the text once the user has stopped typing. */
export function useDebouncedValue(typed: string): string {
  const [rested, setRested] = useState(typed);
  useDebounce(() => setRested(typed), DEBOUNCE, [typed]);
  return rested;
}
