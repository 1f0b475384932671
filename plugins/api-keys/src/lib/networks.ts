/** The networks of a text that has one on each line. */
export function networksIn(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
}

/** What is wrong with a network. */
export type NetworkProblem = { network: string; problem: string };

/** An entry that a sentence of the backend names, and what it says of it. */
const ENTRY = /allowedIps\[(\d+)\]:? ?([^;]*)/g;

/** What a refusal says of the networks that were sent. */
export function networkProblems(
  message: string,
  networks: readonly string[],
): NetworkProblem[] {
  return [...message.matchAll(ENTRY)].flatMap(([, index, problem]) => {
    const network = networks[Number(index)];
    return network === undefined ? [] : [{ network, problem: problem.trim() }];
  });
}

/** Whether a refusal is about networks and nothing else. */
export function isAboutNetworks(message: string): boolean {
  return (
    message.includes('allowedIps[') &&
    message
      .replace(/^Invalid request: /, '')
      .split('; ')
      .every(each => each.startsWith('allowedIps['))
  );
}
