const STORAGE_KEY = 'demo-sign-in/user';

/** Whom this browser signed in as last. A name, nothing secret: whoever can reach the demo can be anybody in it. */
export const rememberedUser = {
  get: () => localStorage.getItem(STORAGE_KEY) ?? undefined,
  set: (name: string) => localStorage.setItem(STORAGE_KEY, name),
  forget: () => localStorage.removeItem(STORAGE_KEY),
};
