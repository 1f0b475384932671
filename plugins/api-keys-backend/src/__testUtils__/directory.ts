/** Stands for the company directory that `docs/sign-in-resolvers.md` queries. */
export async function groupsInDirectory(
  userEntityRef: string,
): Promise<string[] | undefined> {
  const isEmployed = ['user:default/ada', 'user:default/contractor'].includes(
    userEntityRef,
  );
  return isEmployed ? ['group:default/on-call'] : undefined;
}
