import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ComponentType, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { FakeApiKeysApi } from '../../__testUtils__/FakeApiKeysApi';
import {
  aKey,
  refusal,
  SECRET,
  UNKNOWN_SECRET,
} from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ScopeField } from '../../admin/inventory/filters/ScopeField';
import { PickerSearch } from '../../create-key/PickerSearch';
import { ApiKeysPage } from '../../my-keys/ApiKeysPage';
import { AuditTrail } from '../audit-trail/AuditTrail';
import { KeyIdField } from '../audit-trail/KeyIdField';
import { OwnerField } from '../fields/OwnerField';
import { SearchField } from '../fields/SearchField';

type Field = ComponentType<{
  value: string;
  onChange: (value: string) => void;
}>;

const INTRO =
  'You pasted the secret of an API key. It was not searched for, and it is not in the address of this page.';

const Address = () => {
  const { pathname, search, hash, state } = useLocation();
  return <output>{JSON.stringify({ pathname, search, hash, state })}</output>;
};

/** All that is left of a page: what it shows, its address and its storage. */
const everything = () =>
  [
    document.documentElement.outerHTML,
    ...[...document.querySelectorAll('input')].map(({ value }) => value),
    window.location.href,
    JSON.stringify({ ...localStorage, ...sessionStorage }),
  ].join(' ');

/** Nothing but the look-ups may hold it. */
function expectNoTrace(api: FakeApiKeysApi, secret: string) {
  expect(everything()).not.toContain(secret);
  const others = api.calls.filter(({ method }) => !/^lookUp/.test(method));
  expect(JSON.stringify(others)).not.toContain(secret);
}

describe.each<[string, 'lookUpKey' | 'lookUpSecret', Field]>([
  [
    'the search of one’s own keys',
    'lookUpKey',
    props => <SearchField id="x" among="own" {...props} />,
  ],
  [
    'the search of the inventory',
    'lookUpSecret',
    props => <SearchField id="x" among="all" {...props} />,
  ],
  [
    'an owner',
    'lookUpSecret',
    props => <OwnerField id="x" label="Owner" {...props} />,
  ],
  ['a scope', 'lookUpSecret', props => <ScopeField offered={[]} {...props} />],
  [
    'the id of a key',
    'lookUpSecret',
    props => <KeyIdField id="x" {...props} />,
  ],
  [
    'a picker',
    'lookUpKey',
    props => <PickerSearch id="x" label="Find" disabled={false} {...props} />,
  ],
])('%s', (_, method, Tested) => {
  async function setUp(api = new FakeApiKeysApi([aKey()])) {
    const onChange = jest.fn();
    const catalog = { queryEntities: jest.fn(async () => ({ items: [] })) };
    const Controlled = () => {
      const [value, setValue] = useState('');
      const change = (next: string) => {
        onChange(next);
        setValue(next);
      };
      return <Tested value={value} onChange={change} />;
    };
    renderWithApis(<Controlled />, { api, catalog: catalog as any });
    await waitFor(() => expect(document.querySelector('input')).toBeTruthy());
    const field = document.querySelector('input')!;
    const paste = (text: string) =>
      fireEvent.change(field, { target: { value: text } });
    return { api, catalog, field, onChange, paste, user: userEvent.setup() };
  }

  it('removes a secret, explains it and finds its key', async () => {
    const { api, catalog, field, onChange, paste, user } = await setUp();
    paste(`Bearer ${SECRET}`);
    expect(field).toHaveValue('');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(INTRO);
    const link = await screen.findByRole('link', { name: 'CI deploy …x7Kq' });
    expect(link.getAttribute('href')).toContain('k1');
    expect(api.callsOf(method)).toEqual([[SECRET]]);
    await user.click(field);
    await user.keyboard('{Enter}{Tab}');
    expect(JSON.stringify(onChange.mock.calls).toLowerCase()).not.toContain(
      SECRET.toLowerCase(),
    );
    expect(JSON.stringify(catalog.queryEntities.mock.calls)).not.toContain(
      SECRET,
    );
    expectNoTrace(api, SECRET);
  });

  it('says if no key has the secret', async () => {
    const { api, paste, user } = await setUp();
    paste(UNKNOWN_SECRET);
    const alert = await screen.findByRole('alert');
    await waitFor(() => expect(alert).toHaveTextContent(/has this secret\.$/));
    await user.click(screen.getByTitle('Dismiss'));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expectNoTrace(api, UNKNOWN_SECRET);
  });

  it('shows an error of the look-up', async () => {
    const api = new FakeApiKeysApi([aKey()]);
    api.fail(method, await refusal(503, 'Error', 'The database is away'));
    const { paste } = await setUp(api);
    paste(SECRET);
    await waitFor(async () =>
      expect(await screen.findByRole('alert')).toHaveTextContent(
        'Its key could not be looked up. The database is away',
      ),
    );
    expectNoTrace(api, SECRET);
  });

  it('detects a typed secret once it is complete', async () => {
    const { api, field, user } = await setUp();
    fireEvent.change(field, { target: { value: SECRET.slice(0, -1) } });
    expect(api.callsOf(method)).toEqual([]);
    await user.click(field);
    await user.keyboard(SECRET.slice(-1));
    expect(field).toHaveValue('');
    expect(api.callsOf(method)).toEqual([[SECRET]]);
  });
});

describe('a secret in the URL', () => {
  it.each<[string, JSX.Element, string]>([
    ['My API Keys', <ApiKeysPage />, `/?q=${SECRET}&group=all`],
    ['My API Keys', <ApiKeysPage />, `/?scope=${SECRET}`],
    ['the audit trail', <AuditTrail />, `/?owner=user:default/${SECRET}`],
    ['the audit trail', <AuditTrail />, `/?type=x%20${SECRET}`],
  ])('of %s is removed before it is used', async (_, page, at) => {
    const api = new FakeApiKeysApi([aKey()]);
    renderWithApis(
      <>
        {page}
        <Address />
      </>,
      { api, at },
    );
    await waitFor(() => expect(api.calls.length).toBeGreaterThan(0));
    await waitFor(() =>
      expect(document.querySelector('output')).not.toHaveTextContent(SECRET),
    );
    expectNoTrace(api, SECRET);
  });

  it('leaves other parameters unchanged', async () => {
    renderWithApis(
      <>
        <ApiKeysPage />
        <Address />
      </>,
      { at: `/?q=${SECRET}&group=revoked` },
    );
    expect(await screen.findByLabelText('Show')).toHaveValue('revoked');
    await waitFor(() =>
      expect(document.querySelector('output')).toHaveTextContent(
        '"search":"?group=revoked"',
      ),
    );
  });
});

it('a secret pasted over another search appears neither in the URL, nor in state or requests', async () => {
  const api = new FakeApiKeysApi([aKey()]);
  renderWithApis(
    <>
      <ApiKeysPage />
      <Address />
    </>,
    { api },
  );
  const field = await screen.findByLabelText('Search');
  fireEvent.change(field, { target: { value: 'ci' } });
  fireEvent.change(field, { target: { value: `ci ${SECRET}` } });
  expect(field).toHaveValue('');
  const link = await screen.findByRole('link', { name: 'CI deploy …x7Kq' });
  expect(link).toHaveAttribute('href', '/api-keys/k1');
  expect(document.querySelector('output')).toHaveTextContent('"search":""');
  expectNoTrace(api, SECRET);
});
