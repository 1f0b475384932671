/** Slack rejects messages whose text has more than 3000 characters. The portal and e-mails take any length. */
const TEXT_MAX = 2900;
/** Room for the number of items that are left out, and the link to them. */
const MORE_MAX = 200;
/** Enough for more than 300 keys. Owners of more find the rest on the page. */
const PARTS_MAX = 25;

/** Message that names some items of a list. */
export type ListPart<T> = { items: T[]; title: string; description: string };

/**
 * Splits a list into messages that every channel takes. Each item has a line that starts with a dot, since the stock page and
 * e-mail show line breaks as blanks.
 *
 * @param options - `about` is the text above the list, `total` the number of items including those not listed, and `link` leads
 *   to all of them
 */
export function splitList<T>(
  items: readonly T[],
  options: {
    title: string;
    about: string;
    total: number;
    link: string;
    lineOf: (item: T) => string;
  },
): ListPart<T>[] {
  const { title, about, total, link, lineOf } = options;
  const parts = pack(items, lineOf, TEXT_MAX - MORE_MAX - about.length);
  const named = parts.reduce((sum, part) => sum + part.items.length, 0);
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const more =
      isLast && total > named && `and ${total - named} more: ${link}`;
    return {
      items: part.items,
      title:
        parts.length > 1 ? `${title} (${index + 1} of ${parts.length})` : title,
      description: [about, ...part.lines, more].filter(Boolean).join('\n'),
    };
  });
}

function pack<T>(
  items: readonly T[],
  lineOf: (item: T) => string,
  room: number,
) {
  const parts: { items: T[]; lines: string[] }[] = [];
  let left = 0;
  for (const item of items) {
    const line = `• ${lineOf(item)}`;
    left -= line.length + 1;
    if (left < 0) {
      if (parts.length === PARTS_MAX) break;
      parts.push({ items: [], lines: [] });
      left = room - line.length - 1;
    }
    const part = parts[parts.length - 1];
    part.items.push(item);
    part.lines.push(line);
  }
  return parts;
}
