import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeApiKeysApi } from '../__testUtils__/FakeApiKeysApi';
import { aPolicy } from '../__testUtils__/keys';
import { renderWithApis } from '../__testUtils__/renderWithApis';
import { CreateKeyDialog } from './CreateKeyDialog';

const NONE = 'Not set: it may stay unused';
const field = () =>
  screen.getByLabelText<HTMLSelectElement>(/Goes inactive if nobody/);

async function setUp(
  policy: Parameters<typeof aPolicy>[0],
): Promise<{ api: FakeApiKeysApi; user: ReturnType<typeof userEvent.setup> }> {
  const api = new FakeApiKeysApi([], aPolicy(policy));
  renderWithApis(<CreateKeyDialog onCreated={() => {}} onClose={() => {}} />, {
    api,
  });
  await screen.findByLabelText('Expiry');
  const user = userEvent.setup();
  await user.keyboard('CI');
  return { api, user };
}

describe('CreateKeyDialog, inactivity timeout', () => {
  it.each([
    [NONE, {}, {}],
    ['30 days', {}, { inactivityTimeout: 'P30D' }],
    ['90 days', {}, { inactivityTimeout: 'P90D' }],
    ['Default (60 days)', { default: 'P60D' }, {}],
    [NONE, { default: 'P60D' }, { inactivityTimeout: null }],
    ['7 days', { default: 'P60D', max: 'P60D' }, { inactivityTimeout: 'P7D' }],
  ])('sends "%s" under %j as %j', async (label, inactivity, expected) => {
    const { api, user } = await setUp({ inactivity });
    await user.selectOptions(field(), label);
    await user.click(screen.getByRole('button', { name: 'Create key' }));
    await screen.findByLabelText('Secret');
    expect(api.callsOf('createKey')).toEqual([
      [{ name: 'CI', expiresIn: 'P90D', ...expected }],
    ]);
  });

  it.each([
    [{}, NONE],
    [{ default: 'P60D' }, 'Default (60 days)'],
    [{ default: 'P30D', max: 'P30D' }, 'Default (30 days)'],
  ])('starts with the default of %j', async (inactivity, label) => {
    await setUp({ inactivity });
    expect(field().selectedOptions[0].text).toBe(label);
  });

  it('does not offer none if a timeout is required', async () => {
    await setUp({ inactivity: { default: 'P30D', max: 'P30D' } });
    expect([...field().options].map(each => each.text)).toEqual([
      'Default (30 days)',
      '7 days',
    ]);
    expect(screen.getByText(/30 days at the latest\./)).toBeVisible();
  });

  it('is distinct from the expiry', async () => {
    const { user } = await setUp({});
    await user.selectOptions(field(), '30 days');
    expect(
      screen.getByText(/The key ends then, whether it is used or not\./),
    ).toBeVisible();
    expect(
      screen.getByText(/Every use starts this time anew\. An inactive key/),
    ).toBeVisible();
    expect(screen.getByText(/The key works until/)).toHaveTextContent(
      'If nobody uses it for 30 days, it goes inactive before that.',
    );
  });

  it('says if the key expires before it could go inactive', async () => {
    const { user } = await setUp({});
    await user.selectOptions(screen.getByLabelText('Expiry'), '30 days');
    await user.selectOptions(field(), '90 days');
    expect(screen.getByText(/^The key has ended by then\./)).toBeVisible();
    expect(screen.getByText(/The key works until/)).not.toHaveTextContent(
      'goes inactive',
    );
  });
});
