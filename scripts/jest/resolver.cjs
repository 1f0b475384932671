/*
 * Resolves modules in tests. Half of what a page or a backend of Backstage loads is used by no test: clients of clouds and
 * caches, icons, styles, texts in thirty languages, copies of one library. Each test file loads all of it again.
 */
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const NO_MODULE = join(__dirname, 'noModule.cjs');

const UNUSED = [
  /^@aws-sdk\/client-[\w-]+$/,
  /^@azure\/(identity|storage-blob)$/,
  /^@google-cloud\/(firestore|storage)$/,
  /^@keyv\/(redis|valkey)$/,
  /^(@manypkg\/get-packages|archiver)$/,
  /^(@date-io\/date-fns|@remixicon\/react)$/,
  /\/style-inject\.es\.esm\.js$/,
];

/** Texts of react-aria in a language that no test shows. */
const OTHER_LANGUAGE =
  /^(.*\/intl\/(?:[\w-]+\/)?)(?!en-US)[a-z]{2}-[A-Z]{2}\.cjs$/;

module.exports = (request, options) => {
  if (UNUSED.some(pattern => pattern.test(request))) return NO_MODULE;
  const own = request.replace(OTHER_LANGUAGE, '$1en-US.cjs');
  // One copy is enough: the others are the same release, in the folders of packages that pin it.
  const basedir = own === 'react-aria-components' ? ROOT : options.basedir;
  return options.defaultResolver(own, { ...options, basedir });
};
