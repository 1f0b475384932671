import { foldText } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';

const KEY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The hint is shown as `…x7Kq`, and with the prefix of secrets as `bsk_…x7Kq`. Folded, `…` is three dots. */
const SHOWN_PREFIX = /^[a-z][a-z0-9]{1,11}_(?=\.{3})/;

/** Some characters fold to eighteen, and an entry of PostgreSQL's index has 2704 bytes. */
const SORT_NAME_LENGTH = 250;

/**
 * Returns the text that a search looks through, folded by JavaScript: SQLite folds ASCII only, PostgreSQL depends on the locale.
 */
export function searchTextOf(
  key: Pick<ApiKeyRecord, 'name' | 'description' | 'hint'>,
): string {
  return [key.name, key.description ?? '', `…${key.hint}`]
    .map(foldText)
    .join('\n');
}

/**
 * Returns the sort value of a key, compared by code point: the folded name with accents after their letters, so that `Öl` sorts
 * with `O` and not after `Z`.
 */
export function sortNameOf({ name }: Pick<ApiKeyRecord, 'name'>): string {
  const characters = [...foldText(name).normalize('NFKD')];
  return characters.slice(0, SORT_NAME_LENGTH).join('');
}

/** Limits a query over `api_keys` to keys with a text in name, description or hint, or as the whole id. */
export function whereText(query: Knex.QueryBuilder, text: string): void {
  const folded = foldText(text).replace(SHOWN_PREFIX, '');
  const pattern = `%${folded.replace(/[\\%_]/g, '\\$&')}%`;
  query.where(either => {
    either.whereRaw(`search_text like ? escape '\\'`, pattern);
    if (KEY_ID.test(folded)) either.orWhere('id', folded);
  });
}
