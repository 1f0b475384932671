import { displayText } from 'backstage-plugin-api-keys-common';

type UserTextProps = { className?: string; children: string };

/** Shows untrusted text with its bidirectional controls isolated, so that it cannot reorder adjacent text. */
export function UserText(props: UserTextProps) {
  return <bdi className={props.className}>{displayText(props.children)}</bdi>;
}
