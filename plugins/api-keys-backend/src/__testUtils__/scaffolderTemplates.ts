import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';

const SAY = { id: 'say', action: 'debug:log', input: { message: 'Hello' } };
const wait = (seconds: number) => ({
  id: 'wait',
  action: 'debug:wait',
  input: { seconds },
});
/** Reads on behalf of the user who started the task. */
const READ = {
  id: 'read',
  action: 'catalog:fetch',
  input: { entityRef: 'user:default/ada' },
};

/** Templates that the tests run in the scaffolder. */
export const scaffolderTemplates = [
  template('quick', [SAY, READ]),
  template('slow', [wait(3), SAY, READ]),
  template('endless', [wait(60), READ]),
];

function template(name: string, steps: JsonObject[]): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', owner: 'group:default/team-a', steps },
  };
}
