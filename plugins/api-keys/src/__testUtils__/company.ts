import { Entity } from '@backstage/catalog-model';

const entity = (kind: string, name: string, displayName: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { profile: { displayName } },
});

const anApi = (name: string, title?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name, namespace: 'default', ...(title && { title }) },
});

/** Entities in the catalog of the tests. */
export const COMPANY = [
  entity('User', 'ada', 'Ada Brandt'),
  entity('User', 'linus', 'Linus Okafor'),
  entity('Group', 'team-a', 'Team A · Bookings'),
  anApi('PetStore', 'Pet store'),
  anApi('payments'),
];
