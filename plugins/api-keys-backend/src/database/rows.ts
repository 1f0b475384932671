import { pick } from '../lib/pick';
import {
  ApiKeyRecord,
  FieldWith,
  fieldsWith,
  KEY_FIELDS,
  KeyField,
  KeyFieldName,
} from '../lifecycle/ApiKeyRecord';
import { searchTextOf, sortNameOf } from './searchText';

/** PostgreSQL returns 64-bit integers as text, SQLite as numbers. */
type BigInteger = number | string;

type SnakeCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First>
      ? First
      : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

type Column<Field extends KeyFieldName> =
  (typeof KEY_FIELDS)[Field]['type'] extends 'text' | 'json'
    ? string
    : BigInteger;
type NullIfOptional<Field extends KeyFieldName> =
  undefined extends ApiKeyRecord[Field] ? null : never;

/** Columns of some fields, as the database returns them. */
type RowOf<Field extends KeyFieldName> = {
  [F in Field as SnakeCase<F>]: Column<F> | NullIfOptional<F>;
};

type OwnerField = FieldWith<'ofOwner'>;
type KeyTableField = Exclude<KeyFieldName, OwnerField>;

/** A row of `api_keys`. */
export type ApiKeyRow = RowOf<KeyTableField> & {
  secret_digest: string;
  search_text: string;
  sort_name: string;
};

/** The columns that verification reads, with those of the owner. */
export type VerificationRow = RowOf<FieldWith<'verification'>>;

/** A row with the columns of the owner, and the pending uses. */
export type ApiKeyRowWithOwner = ApiKeyRow &
  RowOf<OwnerField> & {
    pending_use: BigInteger | null;
    pending_ip: string | null;
    pending_user_agent: string | null;
    pending_count: BigInteger | null;
  };

const ALL_FIELDS = Object.keys(KEY_FIELDS) as KeyFieldName[];
const KEY_TABLE_FIELDS = ALL_FIELDS.filter(isOfKeyTable);
const VERIFICATION_FIELDS = fieldsWith('verification');

/** The columns of `api_keys` that verification reads. */
export const VERIFICATION_COLUMNS =
  VERIFICATION_FIELDS.filter(isOfKeyTable).map(columnOf);

export const fromRow = readerOf(KEY_TABLE_FIELDS);
export const fromVerificationRow = readerOf(VERIFICATION_FIELDS);
const fromRowWithOwnerState = readerOf(ALL_FIELDS);

export function fromRowWithOwner(row: ApiKeyRowWithOwner): ApiKeyRecord {
  const key = fromRowWithOwnerState(row);
  const pendingUse = optionalNumber(row.pending_use);
  if (pendingUse === undefined) return key;
  const useCount = key.useCount + Number(row.pending_count);
  if (key.lastUsedAt !== undefined && key.lastUsedAt >= pendingUse) {
    return { ...key, useCount };
  }
  return {
    ...key,
    useCount,
    lastUsedAt: pendingUse,
    lastUsedIp: row.pending_ip ?? undefined,
    lastUsedUserAgent: row.pending_user_agent ?? undefined,
  };
}

export function toRow(key: ApiKeyRecord, secretDigest: string): ApiKeyRow {
  return {
    ...toColumns(pick(key, KEY_TABLE_FIELDS)),
    secret_digest: secretDigest,
    search_text: searchTextOf(key),
    sort_name: sortNameOf(key),
  };
}

/** Returns the columns of some fields. A field that is present and undefined becomes null. */
export function toColumns<Field extends KeyTableField>(
  fields: Pick<ApiKeyRecord, Field>,
): RowOf<Field> {
  const names = Object.keys(fields) as Field[];
  const columns = names.map(name => [
    columnOf(name),
    encode(KEY_FIELDS[name].type, fields[name]),
  ]);
  return Object.fromEntries(columns);
}

function readerOf<Field extends KeyFieldName>(names: readonly Field[]) {
  const columns = names.map(name => ({
    name,
    column: columnOf(name),
    type: KEY_FIELDS[name].type,
  }));
  return (row: RowOf<Field>): Pick<ApiKeyRecord, Field> => {
    const values: Record<string, unknown> = row;
    const entries = columns.map(({ name, column, type }) => [
      name,
      decode(type, values[column]),
    ]);
    return Object.fromEntries(entries);
  };
}

function isOfKeyTable(name: KeyFieldName): name is KeyTableField {
  return !('ofOwner' in KEY_FIELDS[name]);
}

function columnOf(name: KeyFieldName): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
}

function encode(type: KeyField['type'], value: unknown): unknown {
  if (value === undefined) return null;
  switch (type) {
    case 'json':
      return JSON.stringify(value);
    case 'lifetime':
      // 64-bit integers have no infinity, and no lifetime is as long as the largest integer of JavaScript.
      return Math.min(value as number, Number.MAX_SAFE_INTEGER);
    case 'text':
    case 'count':
    case 'time':
    case 'duration':
      return value;
    default:
      return type satisfies never;
  }
}

function decode(type: KeyField['type'], value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type) {
    case 'text':
      return value;
    case 'json':
      return JSON.parse(value as string);
    case 'lifetime':
      return Number(value) === Number.MAX_SAFE_INTEGER
        ? Infinity
        : Number(value);
    case 'count':
    case 'time':
    case 'duration':
      return Number(value);
    default:
      return type satisfies never;
  }
}

export function optionalNumber(value: BigInteger | null): number | undefined {
  return value === null ? undefined : Number(value);
}
