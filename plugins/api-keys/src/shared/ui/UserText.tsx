import { displayText } from 'backstage-plugin-api-keys-common';

/**
 * Shows a text that people or clients wrote. Its direction stays inside, so that no text moves what stands beside it, such as
 * the hint of a key.
 */
export const UserText = (props: { className?: string; children: string }) => (
  <bdi className={props.className}>{displayText(props.children)}</bdi>
);
