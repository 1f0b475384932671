import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { coreServices } from '@backstage/backend-plugin-api';
import { innerServiceRef } from './innerServiceRef';

/** Backstage's permissions service (`ServerPermissionClient`). It asks the permission backend on behalf of the credentials. */
export const innerPermissionsServiceRef = innerServiceRef(
  coreServices.permissions,
  permissionsServiceFactory,
);
