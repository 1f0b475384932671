import { Entity } from '@backstage/catalog-model';

/** Whether an entity is a group. The catalog does not care about the case of kinds. */
export const isGroup = ({ kind }: Entity): boolean =>
  kind.toLocaleLowerCase('en-US') === 'group';
