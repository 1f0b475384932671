import { render } from '@testing-library/react';
import { KeyIcon } from './KeyIcon';

describe('KeyIcon', () => {
  it('is hidden from screen readers and takes the text colour', () => {
    const { container } = render(<KeyIcon />);
    expect(container.firstChild).toHaveAttribute('aria-hidden', 'true');
    expect(container.firstChild).toHaveAttribute('stroke', 'currentColor');
  });
});
