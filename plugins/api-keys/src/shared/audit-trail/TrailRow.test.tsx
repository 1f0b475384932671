import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { anEvent, KEY_ID } from '../../__testUtils__/events';
import { fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { TrailTable } from './TrailTable';

type Details = ApiKeyEvent['details'];

const SUCCESSOR = '5d7c2a64-91d3-4c0b-8f7e-0c6f1d2b3a4e';

async function setUp(details: Details, at = '2026-01-05T10:00:07Z') {
  const event = anEvent({ id: '42', at, details });
  renderWithApis(<TrailTable events={[event]} updating={false} ofKey="" />);
  const button = await screen.findByRole('button', { name: 'Show details' });
  return { button, user: userEvent.setup() };
}

/** The details as pairs of a term and what it says. */
function shown(): Record<string, string | null> {
  const terms = screen.getAllByRole('term');
  const definitions = screen.getAllByRole('definition');
  return Object.fromEntries(
    terms.map((term, i) => [term.textContent, definitions[i].textContent]),
  );
}

describe('a row of the trail', () => {
  it('expands and collapses, also with the keyboard', async () => {
    const { button, user } = await setUp({ name: 'ci' });
    expect(button).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('definition')).not.toBeInTheDocument();
    button.focus();
    await user.keyboard('{Enter}');
    expect(button).toHaveAttribute('aria-expanded', 'true');
    expect(button).toHaveAccessibleName('Hide details');
    const details = document.getElementById(
      button.getAttribute('aria-controls')!,
    );
    expect(details).toHaveTextContent('Exact time');
    await user.keyboard(' ');
    expect(button).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('definition')).not.toBeInTheDocument();
  });

  it('shows the exact time and the full key id', async () => {
    const { button, user } = await setUp({});
    await user.click(button);
    expect(shown()).toEqual({
      'Exact time': expect.stringMatching(/January 5, 2026 .*:00:07/),
      'Key id': KEY_ID,
      'Event number': '42',
    });
  });

  it.each<[Details, string, string]>([
    [{ name: 'ci' }, 'Name', 'ci'],
    [{ description: null }, 'Description', 'None'],
    [{ expiresAt: fromNow({ days: 87 }) }, 'Expires', 'in 87 days'],
    [{ expiresAt: null }, 'Expires', 'Never'],
    [{ inactivityTimeout: 'P30D' }, 'Inactive if unused for', '30 days'],
    [{ inactivityTimeout: null }, 'Inactive if unused for', 'None'],
    [{ previousExpiresAt: null }, 'Would have expired', 'Never'],
    [
      { previousInactivityTimeout: 'P30D' },
      'Inactive so far if unused for',
      '30 days',
    ],
    [{ predecessorId: SUCCESSOR }, 'Replaces key', '5d7c2a64…'],
    [{ successorId: SUCCESSOR }, 'Replaced by key', '5d7c2a64…'],
    [
      { overlapEndsAt: fromNow({ hours: 3 }) },
      'Works at most until',
      'in 3 hours',
    ],
    [{ reason: 'leaked' }, 'Reason', 'Revoked because it leaked'],
    [{ reason: 'expired' }, 'Reason', 'It had expired'],
    [{ reason: 'owner-missing' }, 'Reason', 'Its owner was not in the catalog'],
    [
      { reason: 'restricted' },
      'Reason',
      'It was presented for something that it is not for',
    ],
    [
      { reason: 'ip' },
      'Reason',
      'It was presented from a network that it is not for',
    ],
    [
      {
        accessRestrictions: [
          { plugin: 'catalog', permissionAttribute: { action: ['read'] } },
        ],
      },
      'May do',
      'Reads the catalog; nothing else',
    ],
    [
      { allowedIps: ['10.0.0.0/8', '::1/128'] },
      'May be used from',
      '10.0.0.0/8, ::1/128',
    ],
    [{ forbiddenPlugins: ['search'] }, 'Forbidden plugins', 'search'],
    [{ reason: 'forgotten' }, 'Reason', 'forgotten'],
    [
      { cause: 'rotated-key-reused' },
      'Cause',
      'Somebody tried to rotate with a secret that had been rotated out',
    ],
    [{ cause: 'secret-scanning' }, 'Cause', 'A secret scanner found it'],
    [
      { cause: 'ancestor-revoked' },
      'Cause',
      'The key that it comes from by rotations without a person was revoked',
    ],
    [
      { cause: 'family-leaked' },
      'Cause',
      'Another key of the same rotation leaked',
    ],
    [{ cause: 'moon' }, 'Cause', 'moon'],
    [{ revokedWith: SUCCESSOR }, 'Revoked with key', '5d7c2a64…'],
    [{ rotatedBy: 'key' }, 'Rotated by', 'The key itself'],
    [{ rotatedBy: 'owner' }, 'Rotated by', 'A person'],
    [{ rotatedBy: 'moon' }, 'Rotated by', 'moon'],
    [{ kind: 'expiry' }, 'Owner was told', 'That the key expires'],
    [{ kind: 'inactivity' }, 'Owner was told', 'That the key goes inactive'],
    [{ kind: 'expired' }, 'Owner was told', 'That the key has expired'],
    [{ kind: 'theft' }, 'Owner was told', 'theft'],
    [{ threshold: 'P14D' }, 'How long before', '14 days'],
    [{ from: 'user:default/ada' }, 'Belonged to', 'user:default/ada'],
    [{ to: 'group:default/team-a' }, 'Belongs to', 'group:default/team-a'],
    [{ plugin: 'catalog' }, 'Presented to plugin', 'catalog'],
    [{ ip: '10.0.0.7' }, 'From IP address', '10.0.0.7'],
    [{ userAgent: 'curl/8' }, 'User agent', 'curl/8'],
    [{ scanner: 'github' }, 'Reported by', 'GitHub secret scanning'],
    [{ scanner: 'generic' }, 'Reported by', 'Secret scanner of the company'],
    [{ scanner: 'moon' }, 'Reported by', 'moon'],
    [{ url: 'https://a.com/b' }, 'Found at', 'https://a.com/b'],
    [{ source: 'commit' }, 'Kind of place', 'commit'],
    [{ borrowedBy: ['linus'] }, 'borrowedBy', '["linus"]'],
  ])('says of %j that %s is %s', async (details, term, text) => {
    const { button, user } = await setUp(details);
    await user.click(button);
    expect(shown()).toMatchObject({ [term]: text });
  });
});
