import { createTranslationMessages } from '../../backstage/translations';
import { apiKeysTranslationRef } from '../translationRef';
import { actions } from './actions';
import { admin } from './admin';
import { apiAccess } from './apiAccess';
import { attention } from './attention';
import { confirmOwner } from './confirmOwner';
import { create } from './create';
import { keyPage } from './keyPage';
import { page } from './page';
import { pastedSecret } from './pastedSecret';
import { places } from './places';
import { policies } from './policies';
import { rights } from './rights';
import { scopes } from './scopes';
import { trail } from './trail';
import { warnings } from './warnings';

/** Every text in German. */
export default createTranslationMessages({
  ref: apiKeysTranslationRef,
  // The test in this folder reports missing texts by name.
  full: false,
  messages: {
    ...actions,
    ...admin,
    ...apiAccess,
    ...attention,
    ...confirmOwner,
    ...create,
    ...keyPage,
    ...page,
    ...pastedSecret,
    ...places,
    ...policies,
    ...rights,
    ...scopes,
    ...trail,
    ...warnings,
  },
});
