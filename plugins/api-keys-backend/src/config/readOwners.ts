import { Config } from '@backstage/config';
import { invalidConfigValue } from 'backstage-plugin-api-keys-node/internal';

const KEY = 'apiKeys.owners.identityAnnotations';
const ANNOTATION =
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\/[a-z0-9]([\w.-]*[a-z0-9])?$/i;
const ANNOTATIONS_MAX = 20;

/** Kinds of key owners, and the annotations that distinguish them from later holders of their entity ref. */
export type OwnersConfig = {
  groups: boolean;
  /** Annotations that hold ids of identity providers; the first ones take precedence. */
  identityAnnotations: string[];
};

/**
 * Reads `apiKeys.owners`.
 *
 * @throws Error naming the key, the value and what is allowed
 */
export function readOwners(config: Config): OwnersConfig {
  return {
    groups: config.getOptionalBoolean('apiKeys.owners.groups') ?? true,
    identityAnnotations: readAnnotations(config),
  };
}

function readAnnotations(config: Config): string[] {
  const annotations = config.getOptionalStringArray(KEY);
  if (!annotations) return defaultAnnotations(config);
  if (annotations.length === 0 || annotations.length > ANNOTATIONS_MAX) {
    throw invalidConfigValue(
      KEY,
      annotations,
      `a list of 1 to ${ANNOTATIONS_MAX} annotations`,
    );
  }
  annotations.forEach((annotation, index) => {
    if (ANNOTATION.test(annotation)) return;
    throw invalidConfigValue(
      `${KEY}[${index}]`,
      annotation,
      'the name of an annotation with its prefix, such as github.com/user-id',
    );
  });
  return [...new Set(annotations)];
}

/** The annotations of Backstage's own providers whose ids are never reassigned. Slugs and logins are. */
function defaultAnnotations(config: Config): string[] {
  const gitLabs = config.getOptionalConfigArray('integrations.gitlab') ?? [];
  const hosts = gitLabs.map(gitLab => gitLab.getOptionalString('host'));
  return [
    ...new Set([
      'graph.microsoft.com/user-id',
      'graph.microsoft.com/group-id',
      'github.com/user-id',
      ...['gitlab.com', ...hosts]
        .filter(Boolean)
        .map(host => `${host}/user-id`),
      'backstage.io/ldap-uuid',
    ]),
  ];
}
