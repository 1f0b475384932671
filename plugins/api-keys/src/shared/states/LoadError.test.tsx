import { fireEvent, screen, waitFor } from '@testing-library/react';
import { refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { LoadError } from './LoadError';

describe('LoadError', () => {
  it('truncates an HTML page', async () => {
    const error = await refusal(502, 'Error', `<html>${'x'.repeat(5000)}`);
    renderWithApis(
      <LoadError title="No keys" error={error} onRetry={async () => {}} />,
    );
    const alert = await screen.findByRole('alert');
    expect(alert.textContent?.length).toBeLessThan(400);
  });

  it('does not overlap retries', async () => {
    let finish = () => {};
    const onRetry = jest.fn(
      () =>
        new Promise<void>(resolve => {
          finish = resolve;
        }),
    );
    renderWithApis(
      <LoadError title="No keys" error={new Error('x')} onRetry={onRetry} />,
    );
    const button = await screen.findByRole('button', { name: 'Retry' });
    fireEvent.click(button);
    fireEvent.click(button);
    expect(onRetry).toHaveBeenCalledTimes(1);
    expect(button).toBeDisabled();
    finish();
    await waitFor(() => expect(button).toBeEnabled());
  });
});
