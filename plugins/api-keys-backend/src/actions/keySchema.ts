import { ApiKey } from 'backstage-plugin-api-keys-common';
import type { z as Zod } from 'zod/v3';
import { fieldsWith } from '../lifecycle/ApiKeyRecord';
import { operationOf, Schema } from '../openapi/document';

const STATE_FIELDS = ['status', 'inactiveAt'] as const;
const AGENT_FIELDS = [...fieldsWith('agents'), ...STATE_FIELDS];

type AgentKey = Pick<ApiKey, (typeof AGENT_FIELDS)[number]>;

/** Returns the part of a key that agents see, as openapi.yaml describes it. The registry removes everything else from an answer. */
export function keySchema(z: typeof Zod): Zod.ZodType<AgentKey> {
  const { properties } = apiKeySchema();
  const fields = AGENT_FIELDS.map(name => [
    name,
    describedType(z, properties[name]),
  ]);
  const schema: Zod.ZodTypeAny = z.object(Object.fromEntries(fields));
  return schema;
}

function apiKeySchema() {
  const { content } = operationOf('getKey').responses['200'];
  return content!['application/json'].schema as Required<Schema>;
}

function describedType(z: typeof Zod, schema: Schema): Zod.ZodTypeAny {
  const type = typeOf(z, schema);
  const { description } = schema;
  return typeof description === 'string' ? type.describe(description) : type;
}

/** Converts the constructs that the schema of a key uses: `null` is the only alternative to a type. */
function typeOf(z: typeof Zod, schema: Schema): Zod.ZodTypeAny {
  const { anyOf, enum: values, items, properties, required } = schema;
  const alternatives = (anyOf ?? []) as Schema[];
  const types = [schema.type ?? alternatives.map(one => one.type!)].flat();
  if (types.includes('null')) {
    const rest = alternatives.find(({ type }) => type !== 'null');
    const only = types.find(one => one !== 'null');
    return typeOf(z, rest ?? { ...schema, type: only }).nullable();
  }
  if (values) return z.enum(values as [string, ...string[]]);
  const [type] = types;
  if (type === 'array') return z.array(typeOf(z, items as Schema));
  if (type === 'integer') return z.number();
  if (type !== 'object') return z.string();
  const fields = Object.entries(properties ?? {}).map(([name, one]) => {
    const described = describedType(z, one);
    const isRequired = (required as string[] | undefined)?.includes(name);
    return [name, isRequired ? described : described.optional()];
  });
  return z.object(Object.fromEntries(fields));
}
