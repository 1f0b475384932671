import { render } from '@testing-library/react';
import { KeyIcon } from './KeyIcon';

describe('KeyIcon', () => {
  it('is silent and takes the colour of the text', () => {
    const { container } = render(<KeyIcon />);
    expect(container.firstChild).toHaveAttribute('aria-hidden', 'true');
    expect(container.firstChild).toHaveAttribute('stroke', 'currentColor');
  });
});
