import { createTranslationRef } from '../backstage/translations';
import { actionMessages } from '../messages/actions';
import { adminMessages } from '../messages/admin';
import { apiAccessMessages } from '../messages/apiAccess';
import { attentionMessages } from '../messages/attention';
import { confirmOwnerMessages } from '../messages/confirmOwner';
import { createMessages } from '../messages/create';
import { keyPageMessages } from '../messages/keyPage';
import { listMessages } from '../messages/list';
import { pastedSecretMessages } from '../messages/pastedSecret';
import { placesMessages } from '../messages/places';
import { policyMessages } from '../messages/policies';
import { rightsMessages } from '../messages/rights';
import { scopesMessages } from '../messages/scopes';
import { trailMessages } from '../messages/trail';
import { warningsMessages } from '../messages/warnings';

/**
 * Messages of the plugin. Override or translate them with translation resources of the app.
 *
 * @public
 */
export const apiKeysTranslationRef = createTranslationRef({
  id: 'api-keys',
  messages: {
    ...actionMessages,
    ...adminMessages,
    ...apiAccessMessages,
    ...attentionMessages,
    ...confirmOwnerMessages,
    ...createMessages,
    ...keyPageMessages,
    ...listMessages,
    ...pastedSecretMessages,
    ...placesMessages,
    ...policyMessages,
    ...rightsMessages,
    ...scopesMessages,
    ...trailMessages,
    ...warningsMessages,
    page: {
      intro:
        'With an API key, a script, a CI job or a tool calls Backstage as you. A key can do everything that you can do unless you restrict it, so keep it as safe as a password.',
      create: 'Create key',
      createDenied:
        'You are not permitted to create API keys. If you need one, ask the team that runs this portal.',
      createUnknown:
        'Your permission to create API keys could not be checked. Reload the page to try again.',
      revoked: '“{{name}}” is revoked. Whatever still uses it is refused.',
      revokedAlso_one:
        '“{{name}}” is revoked, and with it {{count}} key that it had made of itself. Whatever still uses them is refused.',
      revokedAlso_other:
        '“{{name}}” is revoked, and with it {{count}} keys that it had made of itself. Whatever still uses them is refused.',
      showEnded: 'Show ended keys',
      dismiss: 'Dismiss',
    },
    column: {
      name: 'Name',
      status: 'Status',
      owner: 'Owner',
      created: 'Created',
      expires: 'Expires',
      lastUsed: 'Last used',
      uses: 'Uses',
      createdBy: 'Created by',
      inactivity: 'Inactivity timeout',
      scopes: 'Scopes',
      id: 'Id',
      actions: 'Actions',
    },
    reason: {
      owner: 'Revoked by an owner',
      admin: 'Revoked by an administrator',
      leaked: 'Revoked because it leaked',
      rotated: 'Replaced by its successor',
      superseded: 'Replaced before it was used',
      offboarded: 'Revoked because its owner left',
      policy: 'Revoked by policy',
    },
    key: {
      hint: 'Ends in {{hint}}',
      ofTeam: 'Acts as {{owner}}',
      restricted: 'What the key may do',
      noExpiry: 'No expiry',
      neverUsed: 'Never used',
      inactiveFrom: 'Inactive {{when}} if unused',
      retiresBy: 'Ends {{when}} at the latest',
      fromIp: 'From {{ip}}',
      edit: 'Edit {{name}}',
      revoke: 'Revoke {{name}}',
    },
    time: {
      justNow: 'just now',
    },
    form: {
      name: 'Name',
      nameHint: 'Say what will use the key, for example “Nightly build”.',
      description: 'Description (optional)',
      cancel: 'Cancel',
    },
    copy: {
      copied: 'Copied.',
      refused:
        'Your browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.',
    },
    edit: {
      title: 'Edit API key',
      submit: 'Save',
    },
    revoke: {
      title: 'Revoke “{{name}}”?',
      effect:
        'Everything that uses this key (it ends in {{hint}}) is refused with 401 at once. This cannot be undone.',
      owner: 'It belongs to {{owner}}.',
      neverUsed: 'The key was never used.',
      lastUsed: 'It was last used {{when}}.',
      lastUsedFrom: 'It was last used {{when}} from {{ip}}.',
      submit: 'Revoke key',
    },
    error: {
      unreachable:
        'The backend could not be reached. Check your connection and try again.',
      unexpectedAnswer:
        'The answer did not come from the backend of this portal. A proxy or a sign-in page may be in between. Try again, or reload the page.',
      unexpected: 'Something unexpected happened. Try again.',
    },
  },
});
