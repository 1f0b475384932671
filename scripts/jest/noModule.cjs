/*
 * Replaces modules that Backstage loads although no test uses them: clients of clouds and caches, icons, styles. Each
 * export is a function that can be called, constructed or rendered, because Backstage does so without configuration.
 */
function unused() {
  return null;
}

module.exports = new Proxy({}, { get: () => unused });
