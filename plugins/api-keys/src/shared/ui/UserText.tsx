import { displayText } from 'backstage-plugin-api-keys-common';

type UserTextProps = { className?: string; children: string };

/**
 * Shows a text that people or clients wrote. Its direction stays inside, so that no text moves what stands beside it, such as
 * the hint of a key.
 */
export function UserText(props: UserTextProps) {
  return <bdi className={props.className}>{displayText(props.children)}</bdi>;
}
