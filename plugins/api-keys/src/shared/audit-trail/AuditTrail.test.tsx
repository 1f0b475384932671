import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  ApiKeyEvent,
  ListApiKeyEventsRequest,
} from 'backstage-plugin-api-keys-common';
import { useLocation } from 'react-router-dom';
import { anEvent, KEY_ID } from '../../__testUtils__/events';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import { fromNow, refusal } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { download } from '../ui/download';
import { AuditTrail } from './AuditTrail';

jest.mock('../ui/download');

const OTHER_ID = '5d7c2a64-91d3-4c0b-8f7e-0c6f1d2b3a4e';
const EVENTS = [
  anEvent({
    id: '3',
    type: 'refused',
    category: 'SECURITY',
    actor: null,
    details: { reason: 'expired', plugin: 'catalog', ip: '10.0.0.7' },
  }),
  anEvent({
    id: '2',
    type: 'revoked',
    keyId: OTHER_ID,
    owner: 'user:default/linus',
    actor: 'user:default/grace',
    details: { reason: 'leaked' },
    at: fromNow({ days: -3 }),
  }),
  anEvent({
    id: '1',
    details: { name: 'CI deploy' },
    at: fromNow({ days: -40 }),
  }),
];

const Address = () => <output>{useLocation().search}</output>;

function setUp(events: ApiKeyEvent[] = EVENTS, at = '/') {
  const api = new FakeApiKeysApi();
  api.events = events;
  renderWithApis(
    <>
      <AuditTrail />
      <Address />
    </>,
    { api, at },
  );
  return { api, user: userEvent.setup() };
}

const row = (text: string) =>
  screen.findByRole('row', { name: new RegExp(text) });
const cellsOf = async (text: string) =>
  within(await row(text))
    .getAllByRole('cell')
    .map(cell => cell.textContent);
/** A link whose name comes from the catalog, and the ref. */
const endingIn = (ref: string) => expect.stringMatching(new RegExp(`${ref}$`));
const address = () => screen.getByRole('status', { name: '' }).textContent;
const lastFilter = (api: FakeApiKeysApi) => {
  const [request] = api.callsOf('listAllEvents').pop() ?? [];
  const { limit, ...filter } = request as ListApiKeyEventsRequest;
  return filter;
};

describe('AuditTrail', () => {
  it('shows events with key, owner and actor, latest first', async () => {
    const { api } = setUp();
    expect(await cellsOf('Key refused')).toEqual([
      '',
      'Key refusedSecurity',
      'When2 hours ago',
      'Key0b0f1c8e…',
      endingIn('user:default/ada'),
      'ByWhoever has the secret',
    ]);
    expect(await cellsOf('Revoked')).toEqual([
      '',
      'RevokedAudit',
      'When3 days ago',
      'Key5d7c2a64…',
      endingIn('user:default/linus'),
      endingIn('user:default/grace'),
    ]);
    expect(await row('Created')).toHaveTextContent('CI deploy0b0f1c8e…');
    expect(screen.getByText('3 events')).toBeInTheDocument();
    expect(lastFilter(api)).toEqual({});
  });

  it.each([
    ['portal', 'policy-applied', 'Policy applied', 'ByThe portal'],
    ['nobody', 'borrowed', 'borrowed', 'By—'],
  ])('names %s if there is no actor', async (_, type, what, by) => {
    setUp([anEvent({ type, actor: null })]);
    expect((await cellsOf(what)).at(-1)).toBe(by);
  });

  it('loads more on request', async () => {
    const many = Array.from({ length: 51 }, (_, i) => anEvent({ id: `${i}` }));
    const { user } = setUp(many);
    expect(await screen.findByText('50 of 51 events')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('51 events')).toBeInTheDocument();
  });
});

describe('AuditTrail, filtered', () => {
  const pick = (label: string, choice: string) =>
    userEvent.selectOptions(screen.getByLabelText(label), choice);
  const type = (label: string, text: string) =>
    userEvent.type(screen.getByLabelText(label), text);

  it.each<[string, () => Promise<void>, object, string[]]>([
    [
      'kind',
      () => pick('Kind', 'Security'),
      { category: 'SECURITY' },
      ['Key refused'],
    ],
    ['type', () => pick('What', 'Revoked'), { type: 'revoked' }, ['Revoked']],
    [
      'owner',
      () => type('Owner of the key', 'linus{Enter}'),
      { owner: 'user:default/linus' },
      ['Revoked'],
    ],
    [
      'actor',
      () => type('Done by', 'ada{Enter}'),
      { actor: 'user:default/ada' },
      ['Created'],
    ],
    [
      'key',
      () => type('Key id', OTHER_ID.toUpperCase()),
      { keyId: OTHER_ID },
      ['Revoked'],
    ],
    [
      'period',
      () => pick('When', 'Last 30 days'),
      { from: expect.stringMatching(/Z$/) },
      ['Key refused', 'Revoked'],
    ],
  ])('filters by %s', async (_, act, filter, left) => {
    const { api } = setUp();
    await row('Created');
    await act();
    await waitFor(() => expect(lastFilter(api)).toEqual(filter));
    await waitFor(() =>
      expect(screen.getAllByRole('row').slice(1)).toHaveLength(left.length),
    );
    for (const text of left) expect(await row(text)).toBeInTheDocument();
    expect(address()).toMatch(/^\?/);
  });

  it('filters by two days', async () => {
    const { api, user } = setUp(EVENTS, '/?period=custom&from=2020-01-01');
    expect(await screen.findByLabelText('First day')).toHaveValue('2020-01-01');
    await user.type(screen.getByLabelText('Last day'), '2020-01-31');
    expect(await screen.findByText('No event matches')).toBeInTheDocument();
    expect(lastFilter(api)).toEqual({
      from: expect.stringMatching(/^20(20-01-01|19-12-31)T/),
      to: expect.stringMatching(/^2020-0(1-31|2-01)T/),
    });
  });

  it('reads the filters from the URL, including an unknown type', async () => {
    const { api } = setUp(EVENTS, '/?type=borrowed&owner=user:default/ada');
    expect(await screen.findByText('No event matches')).toBeInTheDocument();
    expect(screen.getByLabelText('What')).toHaveValue('borrowed');
    expect(screen.getByLabelText('Owner of the key')).toHaveValue(
      'user:default/ada',
    );
    expect(lastFilter(api)).toEqual({
      type: 'borrowed',
      owner: 'user:default/ada',
    });
  });

  it('accepts only complete ids', async () => {
    const { api, user } = setUp();
    await row('Created');
    await user.type(screen.getByLabelText('Key id'), KEY_ID.slice(0, 8));
    expect(screen.queryByText(/not the id/)).not.toBeInTheDocument();
    await user.tab();
    expect(
      screen.getByText('This is not the id of a key.'),
    ).toBeInTheDocument();
    expect(api.callsOf('listAllEvents')).toHaveLength(1);
  });

  it('links from a key to its events', async () => {
    const { api, user } = setUp(EVENTS, '/?category=SECURITY');
    await user.click(
      await screen.findByRole('link', {
        name: `Only what happened to this key: ${KEY_ID}`,
      }),
    );
    expect(await row('Created')).toBeInTheDocument();
    expect(lastFilter(api)).toEqual({ keyId: KEY_ID });
    expect(screen.getByLabelText('Key id')).toHaveValue(KEY_ID);
    expect(screen.getByLabelText('Kind')).toHaveValue('');
    expect(
      screen.queryByRole('link', { name: /Only what happened/ }),
    ).not.toBeInTheDocument();
  });

  it('resets the filters', async () => {
    const { user } = setUp(EVENTS, '/?category=ERROR');
    const clear = await screen.findByRole('button', { name: 'Clear filters' });
    await user.type(screen.getByLabelText('Key id'), 'half an id');
    await user.click(clear);
    expect(await row('Created')).toBeInTheDocument();
    expect(address()).toBe('');
    expect(screen.getByLabelText('Key id')).toHaveValue('');
  });
});

describe('AuditTrail, as CSV', () => {
  it('contains the filtered events', async () => {
    const { api, user } = setUp(EVENTS, '/?type=revoked');
    await row('Revoked');
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(api.callsOf('exportEvents')).toEqual([[{ type: 'revoked' }]]);
    expect(download).toHaveBeenCalledWith(
      expect.any(Blob),
      'api-key-events.csv',
    );
  });

  it('shows an error', async () => {
    const { api, user } = setUp();
    api.fail('exportEvents', await refusal(503, 'Error', 'It is away'));
    await row('Revoked');
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The events could not be exported');
    expect(alert).toHaveTextContent('It is away');
  });
});

describe('AuditTrail, without events', () => {
  it('says that it is loading', async () => {
    const api = new FakeApiKeysApi();
    api.hold('listAllEvents');
    renderWithApis(<AuditTrail />, { api });
    expect(
      await screen.findByRole('status', {
        name: 'Loading what happened to API keys',
      }),
    ).toBeInTheDocument();
  });

  it('shows an empty state', async () => {
    setUp([]);
    expect(
      await screen.findByText('Nothing has happened yet'),
    ).toBeInTheDocument();
  });

  it('explains a missing permission', async () => {
    const api = new FakeApiKeysApi();
    const missing = 'You are missing api-keys.admin.read';
    api.fail('listAllEvents', await refusal(403, 'NotAllowedError', missing));
    renderWithApis(<AuditTrail />, { api });
    expect(
      await screen.findByText(/^You are not permitted to look after/),
    ).toBeInTheDocument();
    expect(screen.getByText(/api-keys.admin.read/)).toBeInTheDocument();
  });

  it('shows a load error and retries', async () => {
    const api = new FakeApiKeysApi();
    api.events = EVENTS;
    api.fail('listAllEvents', await refusal(503, 'Error', 'It is away'));
    renderWithApis(<AuditTrail />, { api });
    expect(await screen.findByText('It is away')).toBeInTheDocument();
    expect(
      screen.getByText('What happened to API keys could not be loaded'),
    ).toBeInTheDocument();
    api.fail('listAllEvents', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(await row('Created')).toBeInTheDocument();
  });
});
