const STORAGE_KEY = 'demo-sign-in/user';

/**
 * Name of the last user who signed in with this browser. Not a secret: the demo lets everybody sign in as any user.
 */
export const rememberedUser = {
  get: () => localStorage.getItem(STORAGE_KEY) ?? undefined,
  set: (name: string) => localStorage.setItem(STORAGE_KEY, name),
  forget: () => localStorage.removeItem(STORAGE_KEY),
};
