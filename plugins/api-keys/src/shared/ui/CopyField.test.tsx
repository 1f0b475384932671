import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { CopyField } from './CopyField';

const field = (
  <CopyField id="f" label="Secret" copyLabel="Copy secret" value="bsk_123" />
);

describe('CopyField', () => {
  it('copies the text and announces it', async () => {
    const user = userEvent.setup();
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    renderWithApis(field);
    await user.click(
      await screen.findByRole('button', { name: 'Copy secret' }),
    );
    expect(screen.getByRole('status')).toHaveTextContent('Copied.');
    expect(copied).toHaveBeenCalledWith('bsk_123');
  });

  it('selects the text and explains it if the browser refuses', async () => {
    const user = userEvent.setup();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new DOMException('no', 'NotAllowedError'));
    renderWithApis(field);
    await user.click(
      await screen.findByRole('button', { name: 'Copy secret' }),
    );
    expect(screen.getByRole('status')).toHaveTextContent(
      /did not allow copying/,
    );
    const input = screen.getByLabelText<HTMLTextAreaElement>('Secret');
    expect(input).toHaveFocus();
    expect([input.selectionStart, input.selectionEnd]).toEqual([0, 7]);
  });

  it('does the same without a clipboard, as on pages without TLS', async () => {
    const user = userEvent.setup();
    const original = Object.getOwnPropertyDescriptor(navigator, 'clipboard');
    Object.defineProperty(navigator, 'clipboard', {
      value: undefined,
      configurable: true,
    });
    try {
      renderWithApis(field);
      await user.click(
        await screen.findByRole('button', { name: 'Copy secret' }),
      );
      expect(screen.getByRole('status')).toHaveTextContent(
        /did not allow copying/,
      );
    } finally {
      if (original) Object.defineProperty(navigator, 'clipboard', original);
    }
  });

  it('is read-only', async () => {
    renderWithApis(field);
    expect(await screen.findByLabelText('Secret')).toHaveAttribute('readonly');
  });
});
