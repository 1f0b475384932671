/** Copies a text. Resolves to false if the browser refuses, for lack of permission or of a secure context. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
