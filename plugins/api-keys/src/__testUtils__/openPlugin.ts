import apiKeysPlugin from '..';

/** The plugin with its pages for everybody: the app of these tests cannot wait for answers about permissions. */
export const openPlugin = apiKeysPlugin.withOverrides({
  extensions: [
    apiKeysPlugin
      .getExtension('page:api-keys/admin')
      .override({ if: { $all: [] } }),
    apiKeysPlugin
      .getExtension('page:api-keys/admin-for-others')
      .override({ if: { $any: [] } }),
  ],
});
