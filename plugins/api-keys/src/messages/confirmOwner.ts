/** The texts that ask whether an owner who came back to the catalog is the same as before. */
export const confirmOwnerMessages = {
  confirmOwner: {
    yours_one:
      '{{count}} API key of {{owner}} is refused: your entry in the catalog is a new one, so the key may belong to whoever had this account before. Is it yours?',
    yours_other:
      '{{count}} API keys of {{owner}} are refused: your entry in the catalog is a new one, so the keys may belong to whoever had this account before. Are they yours?',
    ofGroup_one:
      '{{count}} API key of {{owner}} is refused: the group’s entry in the catalog is a new one, so the key may belong to another group of that name. Is it your group’s?',
    ofGroup_other:
      '{{count}} API keys of {{owner}} are refused: the group’s entry in the catalog is a new one, so the keys may belong to another group of that name. Are they your group’s?',
    answer: 'Answer…',
    title: 'Is {{owner}} the same as before?',
    doubt:
      '{{owner}} was away from the catalog and is back as a new entry. The portal cannot tell whether that is still the owner who made the API keys.',
    effect:
      'If so, the keys work again, and anyone who has their secrets acts as {{owner}}. If not, they are revoked, which cannot be undone. Look at the names of the keys and at when they were last used, and revoke them if in doubt.',
    confirm: 'The same, let them work',
    revoke: 'Somebody else, revoke them',
  },
} as const;
