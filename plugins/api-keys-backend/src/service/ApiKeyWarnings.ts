import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { DatabaseWarnings, WarningPage } from '../database/DatabaseWarnings';
import { WarningPlan } from '../lifecycle/warningPlan';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** Upcoming warnings to the owners of all keys, for admins to look at. */
export class ApiKeyWarnings {
  readonly #plan: WarningPlan;
  readonly #warnings: DatabaseWarnings;
  readonly #access: AdminAccess;

  constructor(options: {
    plan: WarningPlan;
    warnings: DatabaseWarnings;
    access: AdminAccess;
  }) {
    this.#plan = options.plan;
    this.#warnings = options.warnings;
    this.#access = options.access;
  }

  /** @param page - `within` is how far to look ahead, in milliseconds */
  async list(
    caller: Caller,
    page: { within: number; limit: number; cursor?: string },
  ): Promise<WarningPage> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    const scope = await this.#access.visibleKeys(caller);
    const { within, ...rest } = page;
    const now = Date.now();
    return this.#warnings.list(this.#plan, scope, {
      ...rest,
      now,
      until: now + within,
    });
  }
}
