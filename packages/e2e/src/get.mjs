/**
 * The body of a successful answer; undefined for any other, and where nobody answers.
 *
 * @param {string} url
 * @returns {Promise<string | undefined>}
 */
export async function get(url) {
  try {
    const response = await fetch(url);
    const body = await response.text();
    return response.ok ? body : undefined;
  } catch {
    return undefined;
  }
}
