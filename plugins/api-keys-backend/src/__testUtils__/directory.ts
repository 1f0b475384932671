/** Stands for the directory of a company, which `docs/sign-in-resolvers.md` asks. */
export async function groupsInDirectory(
  userEntityRef: string,
): Promise<string[] | undefined> {
  const isEmployed = ['user:default/ada', 'user:default/contractor'].includes(
    userEntityRef,
  );
  return isEmployed ? ['group:default/on-call'] : undefined;
}
