/**
 * Fetches the body of a successful response; returns undefined for any other response, and without one.
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
