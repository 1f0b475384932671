import { render, screen } from '@testing-library/react';
import { UserText } from './UserText';

describe('UserText', () => {
  it('isolates the direction of a text', () => {
    render(<UserText className="x">גיבוי</UserText>);
    const text = screen.getByText('גיבוי');
    expect(text.tagName).toBe('BDI');
    expect(text).toHaveClass('x');
  });

  it.each(['\u202e', '\u2066', '\u2069', '\u200f', '\u061c', '\u0007'])(
    'shows %j in the name of an older key instead of applying it',
    control => {
      render(<UserText>{`a${control}b`}</UserText>);
      expect(screen.getByText('a\ufffdb')).toBeInTheDocument();
    },
  );

  it('leaves emoji and line breaks unchanged', () => {
    const text = '👩‍💻 ❤️\n🏴\u{e0067}\u{e0062}\u{e007f}';
    const { container } = render(<UserText>{text}</UserText>);
    expect(container.textContent).toBe(text);
  });
});
