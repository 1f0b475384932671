import { screen } from '@testing-library/react';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { EmptyState } from './EmptyState';

describe('EmptyState', () => {
  it('has a heading, a text and an action', async () => {
    renderWithApis(
      <EmptyState title="Nothing" text="Why" action={<button>Do</button>} />,
    );
    expect(
      await screen.findByRole('heading', { name: 'Nothing' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Why')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Do' })).toBeInTheDocument();
  });
});
