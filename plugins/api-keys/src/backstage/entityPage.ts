/*
 * Cards and tabs on the pages of entities. Each shows on the entities that its filter matches.
 */
export {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
