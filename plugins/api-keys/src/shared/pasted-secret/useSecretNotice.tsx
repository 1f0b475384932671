import { SecretNotice } from './SecretNotice';
import { LookedThrough, useSecretLookup } from './useSecretLookup';

/**
 * Guards a search field against pasted secrets: pass typed text through `takeOut` and render `notice` below the field.
 *
 * @param among - keys to search for the key of a secret
 */
export function useSecretNotice(among: LookedThrough): {
  takeOut: (text: string) => string;
  notice: JSX.Element;
} {
  const { lookup, takeOut, dismiss } = useSecretLookup(among);
  return {
    takeOut,
    notice: <SecretNotice among={among} lookup={lookup} onDismiss={dismiss} />,
  };
}
