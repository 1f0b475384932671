import { screen } from '@testing-library/react';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey, fromNow } from '../../__testUtils__/keys';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { ExpiryProgress } from './ExpiryProgress';

async function widthOf(key: Partial<ApiKey>) {
  renderWithApis(
    <div data-testid="place">
      <ExpiryProgress apiKey={aKey(key)} />
    </div>,
  );
  const place = await screen.findByTestId('place');
  const bar = place.querySelector<HTMLElement>('[aria-hidden] > div');
  return bar?.style.width;
}

describe('ExpiryProgress', () => {
  it.each<[Partial<ApiKey>, string | undefined]>([
    [
      { createdAt: fromNow({ days: -1 }), expiresAt: fromNow({ days: 3 }) },
      '25%',
    ],
    [
      { createdAt: fromNow({ days: -9 }), expiresAt: fromNow({ days: 1 }) },
      '90%',
    ],
    [{ status: 'expired', expiresAt: fromNow({ days: -1 }) }, '100%'],
    [{ status: 'revoked', expiresAt: fromNow({ days: 3 }) }, undefined],
    [{ expiresAt: null }, undefined],
  ])('shows the elapsed lifetime of %j: %s', async (key, width) => {
    expect(await widthOf(key)).toBe(width);
  });
});
