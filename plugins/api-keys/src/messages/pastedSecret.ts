/** The texts about secrets that are put where none belongs. */
export const pastedSecretMessages = {
  pastedSecret: {
    intro:
      'You pasted the secret of an API key. It was not searched for, and it is not in the address of this page.',
    looking: 'Looking for its key…',
    found:
      'It is the secret of {{key}}. If others may have seen it, revoke the key.',
    notOwn: 'None of your keys has this secret.',
    notInPortal: 'No key that you may see has this secret.',
    failed: 'Its key could not be looked up. {{reason}}',
    inField:
      'This contains the secret of an API key. Remove it, and revoke the key if others may have seen it.',
  },
} as const;
