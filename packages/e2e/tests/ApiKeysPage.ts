import { expect, Locator, Page } from '@playwright/test';

/** Page object for *My API Keys*. */
export class ApiKeysPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The sidebar holds links; on a narrow screen, its bar holds buttons. */
  async openFromSidebar(): Promise<void> {
    const name = 'My API Keys';
    const link = this.page.getByRole('link', { name });
    await link.or(this.page.getByRole('button', { name })).click();
    await expect(
      this.page.getByRole('region', { name: 'Your API keys' }),
    ).toBeVisible();
  }

  async openCreateDialog(): Promise<Locator> {
    await this.page.getByRole('button', { name: 'Create key' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Create an API key' });
    await expect(dialog.getByLabel('Expiry')).toBeVisible();
    return dialog;
  }

  /** Fills in and submits the dialog; returns the dialog that shows the secret. */
  async submitCreateDialog(
    dialog: Locator,
    key: { name: string; expiry: string },
  ): Promise<Locator> {
    await dialog.getByLabel('Name').fill(key.name);
    await dialog.getByLabel('Expiry').selectOption({ label: key.expiry });
    await dialog.getByRole('button', { name: 'Create key' }).click();
    const reveal = this.page.getByRole('dialog', {
      name: `Store the secret of “${key.name}” now`,
    });
    await expect(reveal).toBeVisible();
    return reveal;
  }

  secretIn(reveal: Locator): Promise<string> {
    return reveal.getByRole('textbox', { name: 'Secret' }).inputValue();
  }

  async closeReveal(reveal: Locator): Promise<void> {
    await reveal.getByRole('button', { name: 'I have stored it' }).click();
    await expect(reveal).toBeHidden();
  }

  /** Creates a key and returns its secret. */
  async createKey(name: string): Promise<string> {
    const reveal = await this.submitCreateDialog(
      await this.openCreateDialog(),
      { name, expiry: '30 days' },
    );
    const secret = await this.secretIn(reveal);
    await this.closeReveal(reveal);
    return secret;
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  lastUsed(name: string): Locator {
    return this.row(name).getByRole('cell').filter({ hasText: 'Last used' });
  }

  /** Selects an action in the menu of a key. */
  async choose(name: string, action: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Opens the page of a key from the list; the hint distinguishes keys of equal name. */
  async openKey(name: string, hint: string): Promise<void> {
    const key = `${name} …${hint}`;
    await this.page.getByRole('link', { name: key }).click();
    await expect(this.page.getByRole('heading', { name: key })).toBeVisible();
  }

  /** Returns a section of a key's page. */
  section(title: string): Locator {
    return this.page.getByRole('region', { name: title });
  }

  async openRevokeDialog(name: string): Promise<Locator> {
    await this.choose(name, 'Revoke…');
    return this.page.getByRole('dialog', { name: `Revoke “${name}”?` });
  }

  async confirmRevocation(dialog: Locator): Promise<void> {
    await dialog.getByRole('button', { name: 'Revoke key' }).click();
    await expect(dialog).toBeHidden();
  }
}
