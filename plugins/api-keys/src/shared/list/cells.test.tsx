import { screen } from '@testing-library/react';
import { aKey } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { KeyName } from './cells';

it.each(['\u202eyalped', '\u2067גיבוי', 'גיבוי 1'])(
  'shows the hint beside the name %j, which is isolated from it',
  async name => {
    renderWithApis(<KeyName apiKey={aKey({ name, hint: 'x7Kq' })} />);
    const hint = await screen.findByText('…x7Kq');
    const shown = hint.parentElement!.querySelector('bdi')!;
    expect(shown).not.toContainElement(hint);
    expect(shown.textContent).toBe(name.replace(/^\p{Bidi_C}/u, '\ufffd'));
  },
);
