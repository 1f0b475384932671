import { screen } from '@testing-library/react';
import { refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { SubmitError } from './SubmitError';

describe('SubmitError', () => {
  it('renders nothing without an error', () => {
    renderWithApis(<SubmitError error={undefined} />);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('shows the message of the backend', async () => {
    const error = await refusal(409, 'ConflictError', 'You have 50 keys');
    renderWithApis(<SubmitError error={error} advice="Revoke one." />);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You have 50 keys');
    expect(alert).toHaveTextContent('Revoke one.');
  });
});
