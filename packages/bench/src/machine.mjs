import { cpus } from 'node:os';

/** Describes the machine in a phrase. */
export function machine() {
  const [{ model }] = cpus();
  return `Node ${process.version}, ${cpus().length} cores of ${model.trim()}`;
}
