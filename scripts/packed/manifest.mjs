/* Checks package.json as it is published. */

const ROLES_OF_THE_PLUGIN = [
  'backstage-plugin-api-keys',
  'backstage-plugin-api-keys-backend',
  'backstage-plugin-api-keys-common',
  'backstage-plugin-api-keys-node',
];
const DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
];
// Install scripts would run on the machines of all users.
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];
// Lets backends and apps discover features; Backstage's `prepack` adds the field where it detects one.
const FEATURES = {
  'frontend-plugin': '@backstage/FrontendPlugin',
  'backend-plugin': '@backstage/BackendFeature',
  'backend-plugin-module': '@backstage/BackendFeature',
};

function problemsOfBackstage({ role, features, ...backstage }) {
  const problems = [];
  if (backstage.pluginId === 'api-keys') {
    const listed = backstage.pluginPackages?.join();
    if (listed !== ROLES_OF_THE_PLUGIN.join()) {
      problems.push('backstage.pluginPackages does not list the plugin');
    }
  } else if (!backstage.pluginPackage) {
    problems.push('backstage.pluginPackage does not name the extended plugin');
  }
  if (features?.['.'] !== FEATURES[role]) {
    problems.push(`backstage.features is ${JSON.stringify(features)}`);
  }
  return problems;
}

function problemsOfDependencies(manifest) {
  return DEPENDENCIES.flatMap(kind =>
    Object.entries(manifest[kind] ?? {})
      .filter(([, range]) => range.includes(':'))
      .map(([name, range]) => `${kind} has ${name} at ${range}`),
  );
}

/** @param {import('./pack.mjs').Packed} packed */
export function checkManifest({ manifest }) {
  const problems = [
    ...problemsOfBackstage(manifest.backstage),
    ...problemsOfDependencies(manifest),
  ];
  for (const field of ['description', 'keywords', 'version', 'files']) {
    if (!manifest[field]) problems.push(`package.json has no ${field}`);
  }
  if (manifest.license !== 'Apache-2.0') problems.push('the license is wrong');
  if (manifest.private) problems.push('the package is private');
  if (manifest.publishConfig?.access !== 'public') {
    problems.push('publishConfig.access is not public');
  }
  if (manifest.publishConfig?.registry) {
    problems.push('publishConfig names a registry');
  }
  for (const script of INSTALL_SCRIPTS) {
    if (manifest.scripts?.[script]) problems.push(`it has a script ${script}`);
  }
  return problems;
}
