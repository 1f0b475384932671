import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyUpcomingWarning } from 'backstage-plugin-api-keys-common';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { UpcomingWarnings } from './UpcomingWarnings';

const aWarning = (
  overrides: Partial<ApiKeyUpcomingWarning> = {},
): ApiKeyUpcomingWarning => ({
  keyId: 'k1',
  keyName: 'CI deploy',
  owner: 'user:default/ada',
  kind: 'expiry',
  endsAt: fromNow({ days: 17 }),
  dueAt: fromNow({ days: 3, hours: 1 }),
  threshold: 'P14D',
  ...overrides,
});

function setUp(warnings = [aWarning()], at = '/') {
  const api = new FakeApiKeysApi();
  api.upcomingWarnings = warnings;
  renderWithApis(<UpcomingWarnings />, { api, at });
  return { api, user: userEvent.setup() };
}

const cells = async () => {
  const table = await screen.findByRole('table', {
    name: 'Warnings to be sent',
  });
  const [, ...rows] = within(table).getAllByRole('row');
  return rows.map(row =>
    within(row)
      .getAllByRole('cell')
      .map(cell => cell.textContent),
  );
};
const asked = (api: FakeApiKeysApi) =>
  api.callsOf('listUpcomingWarnings').pop()?.[0];

describe('UpcomingWarnings', () => {
  it('shows the recipient, key and time of each warning', async () => {
    setUp([
      aWarning({
        keyName: 'Over',
        kind: 'expired',
        endsAt: fromNow({ hours: -2 }),
        dueAt: fromNow({ hours: -2 }),
        threshold: null,
      }),
      aWarning(),
      aWarning({
        keyId: 'k3',
        keyName: 'Idle',
        owner: 'group:default/team-a',
        kind: 'inactivity',
        endsAt: fromNow({ days: 8, hours: 1 }),
        dueAt: fromNow({ days: 5, hours: 1 }),
        threshold: 'P3D',
      }),
    ]);
    expect(await cells()).toEqual([
      [
        'Over',
        'Owneradauser:default/ada',
        'WhatHas expired',
        'Ends2 hours ago',
        'Owner is toldWith the next run',
      ],
      [
        'CI deploy',
        'Owneradauser:default/ada',
        'WhatExpires',
        'Endsin 17 days',
        'Owner is toldin 3 days14 days before',
      ],
      [
        'Idle',
        'Ownerteam-agroup:default/team-a',
        'WhatGoes inactive',
        'Endsin 8 days',
        'Owner is toldin 5 days3 days before',
      ],
    ]);
    expect(screen.getByText('3 warnings')).toBeInTheDocument();
  });

  it('distinguishes several warnings of one key', async () => {
    const endsAt = fromNow({ days: 2 });
    setUp([aWarning({ kind: 'inactivity', endsAt }), aWarning({ endsAt })]);
    expect((await cells()).map(([, , kind]) => kind)).toEqual([
      'WhatGoes inactive',
      'WhatExpires',
    ]);
  });

  it('links to the key in the inventory', async () => {
    setUp();
    expect(
      await screen.findByRole('link', { name: 'CI deploy' }),
    ).toHaveAttribute(
      'href',
      '/api-keys-admin?q=CI+deploy&owner=user%3Adefault%2Fada',
    );
  });

  it('looks ahead two weeks, or the picked range', async () => {
    const { api, user } = setUp([
      aWarning(),
      aWarning({
        keyId: 'k2',
        keyName: 'Later',
        dueAt: fromNow({ days: 60 }),
      }),
    ]);
    expect(await cells()).toHaveLength(1);
    expect(asked(api)).toMatchObject({ within: 'P14D' });
    await user.selectOptions(screen.getByLabelText('Within'), '90 days');
    expect(await screen.findByText('Later')).toBeInTheDocument();
    expect(asked(api)).toMatchObject({ within: 'P90D' });
  });

  it.each([
    ['/?days=30', '30', 'P30D'],
    ['/?days=1000', '14', 'P14D'],
  ])('starts at %s with %s days', async (at, days, within_) => {
    const { api } = setUp([], at);
    expect(await screen.findByLabelText('Within')).toHaveValue(days);
    expect(asked(api)).toMatchObject({ within: within_ });
  });

  it('loads more on request', async () => {
    const { user } = setUp(
      Array.from({ length: 51 }, (_, i) => aWarning({ keyId: `k${i}` })),
    );
    expect(await screen.findByText('50 of 51 warnings')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('51 warnings')).toBeInTheDocument();
    expect(await cells()).toHaveLength(51);
  });

  it('says that it is loading', async () => {
    const api = new FakeApiKeysApi();
    const release = api.hold('listUpcomingWarnings');
    renderWithApis(<UpcomingWarnings />, { api });
    expect(
      await screen.findByRole('status', {
        name: 'Loading which warnings are to be sent',
      }),
    ).toBeInTheDocument();
    release();
    expect(
      await screen.findByText('No warning is to be sent'),
    ).toBeInTheDocument();
  });

  it('shows an empty state', async () => {
    setUp([]);
    expect(
      await screen.findByText(
        'Nobody has to be told of a key within the next 14 days.',
      ),
    ).toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const api = new FakeApiKeysApi();
    api.upcomingWarnings = [aWarning()];
    api.fail('listUpcomingWarnings', await refusal(503, 'Error', 'Away'));
    renderWithApis(<UpcomingWarnings />, { api });
    expect(await screen.findByText('Away')).toBeInTheDocument();
    api.fail('listUpcomingWarnings', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await cells()).toHaveLength(1);
  });

  it('explains a missing permission', async () => {
    const api = new FakeApiKeysApi();
    api.fail(
      'listUpcomingWarnings',
      await refusal(403, 'NotAllowedError', 'You need api-keys.admin.read'),
    );
    renderWithApis(<UpcomingWarnings />, { api });
    expect(
      await screen.findByText(/You need api-keys.admin.read/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Retry' }),
    ).not.toBeInTheDocument();
  });
});
