import {
  AsyncPermissionResult,
  usePermission,
} from '@backstage/plugin-permission-react';
import { render, screen } from '@testing-library/react';
import { apiKeyAdminReadPermission } from 'backstage-plugin-api-keys-common';
import { AdminNavIcon } from './AdminNavIcon';

// Answers about permissions are cached across the tests of a file; packages/e2e has the real ones, failing and hanging.
jest.mock('@backstage/plugin-permission-react', () => ({
  ...jest.requireActual('@backstage/plugin-permission-react'),
  usePermission: jest.fn(),
}));
const answer = (result: AsyncPermissionResult) =>
  jest.mocked(usePermission).mockReturnValue(result);

const Sidebar = () => (
  <nav>
    <a href="/api-keys-admin">
      <AdminNavIcon />
      API keys admin
    </a>
    <a href="/catalog">Catalog</a>
  </nav>
);
const entry = () => screen.queryByRole('link', { name: 'API keys admin' });

const UNKNOWN: [string, AsyncPermissionResult][] = [
  ['nobody has said who is an admin', { loading: true, allowed: false }],
  [
    'nobody can say who is an admin',
    { loading: false, allowed: false, error: new Error('503') },
  ],
  ['the user is no admin', { loading: false, allowed: false }],
];

describe('AdminNavIcon', () => {
  it('shows the entry to admins', () => {
    answer({ loading: false, allowed: true });
    render(<Sidebar />);
    expect(entry()).toBeVisible();
    expect(usePermission).toHaveBeenCalledWith({
      permission: apiKeyAdminReadPermission,
    });
  });

  it.each(UNKNOWN)('hides the entry, and no other, while %s', (_, result) => {
    answer(result);
    render(<Sidebar />);
    expect(entry()).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Catalog' })).toBeVisible();
  });

  it.each(UNKNOWN)('shows it to an admin after %s', (_, result) => {
    answer(result);
    const { rerender } = render(<Sidebar />);
    answer({ loading: false, allowed: true });
    rerender(<Sidebar />);
    expect(entry()).toBeVisible();
    answer(result);
    rerender(<Sidebar />);
    expect(entry()).not.toBeInTheDocument();
  });

  it('hides nothing in the header of the page', () => {
    answer({ loading: false, allowed: false });
    const { container } = render(
      <header>
        <AdminNavIcon />
      </header>,
    );
    expect(container.firstChild).toBeVisible();
  });
});
