import { SecretNotice } from './SecretNotice';
import { SearchedKeys, useSecretLookup } from './useSecretLookup';

/**
 * Guards a search field against pasted secrets: pass typed text through `stripSecrets` and render `notice` below the field.
 *
 * @param among - keys to search for the key of a secret
 */
export function useSecretNotice(among: SearchedKeys): {
  stripSecrets: (text: string) => string;
  notice: JSX.Element;
} {
  const { lookup, stripSecrets, dismiss } = useSecretLookup(among);
  return {
    stripSecrets,
    notice: <SecretNotice among={among} lookup={lookup} onDismiss={dismiss} />,
  };
}
