import { createTranslationMessages } from '@backstage/core-plugin-api/alpha';
import { apiKeysTranslationRef } from '../../translation';
import { places } from './places';

/** Every text in German. */
export default createTranslationMessages({
  ref: apiKeysTranslationRef,
  // The test of this folder tells what is missing, by name.
  full: false,
  messages: { ...places },
});
