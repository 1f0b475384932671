import { SecretNotice } from './SecretNotice';
import { LookedThrough, useSecretLookup } from './useSecretLookup';

/**
 * For fields in which somebody searches: what is typed goes through `takeOut`, and `notice` stands below the field.
 *
 * @param among - the keys among which to look for that of a secret
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
