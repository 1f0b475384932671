import { KeyboardEvent } from 'react';

/** With Enter, somebody who searches does not want to send the form around. */
export const keepForm = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};
