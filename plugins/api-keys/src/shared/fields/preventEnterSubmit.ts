import { KeyboardEvent } from 'react';

/** Keeps Enter in a search field from submitting the form around it. */
export const preventEnterSubmit = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};
