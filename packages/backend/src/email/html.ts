/** Text that is already HTML. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** Template tag that escapes all values except HTML. */
export function html(
  markup: TemplateStringsArray,
  ...values: (string | Html | Html[])[]
): Html {
  return new Html(String.raw({ raw: markup }, ...values.map(toMarkup)));
}

function toMarkup(value: string | Html | Html[]): string {
  return typeof value === 'string' ? escape(value) : [value].flat().join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
