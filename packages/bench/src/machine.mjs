import { cpus } from 'node:os';

/** What figures were measured on, in a phrase. */
export function machine() {
  const [{ model }] = cpus();
  return `Node ${process.version}, ${cpus().length} cores of ${model.trim()}`;
}
