/**
 * Puts a text on the clipboard. `false` if the browser refuses, be it for lack of permission or because the
 * page is not served securely.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
