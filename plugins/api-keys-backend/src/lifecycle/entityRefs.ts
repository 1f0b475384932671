/**
 * The form in which entity refs are stored and compared: the one of `stringifyEntityRef`. Auth of Backstage 1.57 and later puts
 * refs into tokens in this form, earlier ones as a sign-in resolver wrote them.
 */
export function canonicalRef(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}
