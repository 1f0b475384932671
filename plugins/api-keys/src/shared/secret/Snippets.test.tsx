import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { Snippets } from './Snippets';

const SECRET = 'bsk_secret';

async function setUp() {
  renderWithApis(<Snippets secret={SECRET} />);
  await screen.findByRole('tab', { name: 'curl' });
  return userEvent.setup();
}

describe('Snippets', () => {
  it.each([
    ['curl', '/api/catalog/entities', /terminal/, true],
    ['Environment variable', '/api/catalog/entities', /terminal/, true],
    ['GitHub Actions', '/api/catalog/entities', /as BACKSTAGE_TOKEN/, false],
    ['GitLab CI', '/api/catalog/entities', /as BACKSTAGE_TOKEN, masked/, false],
    ['MCP client', '/api/mcp-actions/v1', /out of version control/, true],
    ['JavaScript', '/api/catalog/entities', /BACKSTAGE_TOKEN/, false],
  ])(
    'has one for %s, with the URL of the portal and an explanation',
    async (label, path, hint, hasSecret) => {
      const user = await setUp();
      await user.click(screen.getByRole('tab', { name: label }));
      expect(screen.getByRole('tabpanel', { name: label })).toHaveTextContent(
        hint,
      );
      const { value } = screen.getByLabelText<HTMLTextAreaElement>(label, {
        selector: 'textarea',
      });
      expect(value).toContain(`https://portal.example.com${path}`);
      expect(value.includes(SECRET)).toBe(hasSecret);
      // The secret is also absent from hidden panels.
      expect(document.body.innerHTML.includes(SECRET)).toBe(hasSecret);
    },
  );

  it('copies the selected one, and confirms only that', async () => {
    const user = await setUp();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(screen.getByRole('tab', { name: 'GitLab CI' }));
    await user.click(screen.getByRole('button', { name: 'Copy snippet' }));
    expect(screen.getByRole('status')).toHaveTextContent('Copied.');
    expect(copied).toHaveBeenCalledWith(
      expect.stringMatching(/^call-backstage:/),
    );
    await user.click(screen.getByRole('tab', { name: 'JavaScript' }));
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
  });

  it('supports arrow keys', async () => {
    const user = await setUp();
    await user.click(screen.getByRole('tab', { name: 'curl' }));
    await user.keyboard('{ArrowRight}{Enter}');
    expect(
      screen.getByRole('tabpanel', { name: 'Environment variable' }),
    ).toBeVisible();
  });
});
