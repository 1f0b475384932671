import { screen } from '@testing-library/react';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { useTranslation } from './useTranslation';

type T = ReturnType<typeof useTranslation>['t'];

async function textOf(say: (t: T) => React.ReactNode): Promise<string | null> {
  const Text = () => <p data-testid="text">{say(useTranslation().t)}</p>;
  renderWithApis(<Text />);
  return (await screen.findByTestId('text')).textContent;
}

describe('texts', () => {
  it.each<[string, (t: T) => React.ReactNode, string]>([
    ['words alone', t => t('column.name'), 'Name'],
    ['a value', t => t('key.ofTeam', { owner: 'Team A' }), 'Acts as Team A'],
    ['an element', t => t('key.fromIp', { ip: <b>::1</b> }), 'From ::1'],
    [
      'a name that is kept from moving what follows it',
      t => t('rotate.title', { name: 'ש\u202e…abcd' }),
      'Rotate “\u2068ש\ufffd…abcd\u2069”?',
    ],
    ['one of a number', t => t('list.total', { count: 1 }), '1 key'],
    ['more of a number', t => t('list.total', { count: 2 }), '2 keys'],
  ])('are formatted with %s', async (_what, say, text) => {
    await expect(textOf(say)).resolves.toBe(text);
  });

  it('are compiled with the keys and values that there are, and no others', () => {
    const refused: ((t: T) => unknown)[] = [
      // @ts-expect-error there is no such text
      t => t('column.nothing'),
      // @ts-expect-error of a number, there is no text for one alone
      t => t('list.total_one', { count: 1 }),
      // @ts-expect-error a value is missing
      t => t('key.ofTeam'),
      // @ts-expect-error it is the name of no value
      t => t('key.ofTeam', { group: 'Team A' }),
      // @ts-expect-error it has no values
      t => t('column.name', { owner: 'Team A' }),
      // @ts-expect-error a count is a number
      t => t('list.total', { count: '1' }),
      // @ts-expect-error a text with an element in it is no string
      (t): string => t('key.fromIp', { ip: <b>::1</b> }),
    ];
    expect(refused).not.toHaveLength(0);
  });
});
