import { KeyboardEvent } from 'react';

/** With Enter, somebody who searches does not want to send the form around. */
export const preventEnterSubmit = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};
