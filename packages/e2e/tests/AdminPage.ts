import { readFile } from 'node:fs/promises';
import { expect, Locator, Page } from '@playwright/test';

/** Page object for *API keys admin*. */
export class AdminPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The sidebar holds links; on a narrow screen, its bar holds buttons. */
  sidebarEntry(): Locator {
    const name = 'API keys admin';
    const link = this.page.getByRole('link', { name });
    return link.or(this.page.getByRole('button', { name }));
  }

  async open(): Promise<void> {
    await this.sidebarEntry().click();
    await expect(this.inventory()).toBeVisible();
  }

  inventory(): Locator {
    return this.page.getByRole('region', { name: 'Everybody’s API keys' });
  }

  /** Returns the newest key of the name: an earlier look may have left a revoked one. */
  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name }).first();
  }

  tile(label: string): Locator {
    return this.page
      .getByRole('group', { name: 'API keys in numbers' })
      .getByRole('button', { name: label });
  }

  async showOwner(owner: string): Promise<void> {
    await this.page.getByLabel('Owner').fill(owner);
    await this.page.getByLabel('Owner').press('Enter');
  }

  /** Exports the filtered keys and returns the lines below the headings. */
  async exportCsv(): Promise<string[]> {
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: 'Export CSV' }).click();
    const csv = await readFile(await (await download).path(), 'utf8');
    return csv.trim().split('\r\n').slice(1);
  }

  chart(name: RegExp): Locator {
    return this.page.getByRole('group', { name });
  }

  async openAttention(): Promise<void> {
    await this.openTab('Attention');
    await expect(this.concern('Owner not in the catalog')).toBeVisible();
  }

  /** On a phone, the tabs scroll for a moment after each selection, and a click may miss. */
  async openTab(name: string): Promise<void> {
    const tab = this.page.getByRole('tab', { name });
    await expect(async () => {
      await tab.click();
      await expect(tab).toHaveAttribute('aria-selected', 'true', {
        timeout: 2000,
      });
    }).toPass();
  }

  /** Returns an entry of the attention list. */
  concern(name: string): Locator {
    return this.page.getByRole('region', { name });
  }

  async openPolicies(): Promise<void> {
    await this.openTab('Policies');
    await expect(this.policies()).toBeVisible();
  }

  /** Returns the list of policies of users and groups. */
  policies(): Locator {
    return this.page.getByRole('region', { name: 'Set for users and groups' });
  }

  /** Looks up the limits of a user or group. */
  async lookUpPolicy(owner: string): Promise<Locator> {
    const lookup = this.page.getByRole('region', {
      name: 'What holds for whom',
    });
    await lookup.getByLabel('User or group').fill(owner);
    await lookup.getByLabel('User or group').press('Enter');
    await expect(lookup.getByText('Longest lifetime')).toBeVisible();
    return lookup;
  }

  async openTrail(): Promise<void> {
    await this.openTab('Audit trail');
    await expect(this.trail()).toBeVisible();
  }

  trail(): Locator {
    return this.page.getByRole('region', { name: 'What happened to API keys' });
  }

  /** Rows of events, without their expanded details. */
  events(): Locator {
    return this.trail()
      .getByRole('row')
      .filter({ has: this.page.getByRole('button', { name: /details$/ }) });
  }

  async openLeakDesk(): Promise<void> {
    await this.openTab('Leak desk');
    await expect(this.leakText()).toBeVisible();
  }

  leakText(): Locator {
    return this.page.getByLabel('Secret, or a text that holds some');
  }

  async findLeaks(text: string): Promise<Locator> {
    await this.leakText().fill(text);
    await this.page.getByRole('button', { name: 'Find the keys' }).click();
    return this.page.getByRole('region', { name: 'Secrets that were found' });
  }
}
