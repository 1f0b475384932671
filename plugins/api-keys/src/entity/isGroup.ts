import { Entity } from '@backstage/catalog-model';

/** Returns true for a group. Kinds are case-insensitive in the catalog. */
export const isGroup = ({ kind }: Entity): boolean =>
  kind.toLocaleLowerCase('en-US') === 'group';
