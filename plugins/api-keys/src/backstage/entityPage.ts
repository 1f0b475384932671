/* Blueprints of cards and tabs on entity pages (alpha in Backstage). */
export {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
