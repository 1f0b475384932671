import { screen } from '@testing-library/react';
import { API_KEY_STATUSES } from 'backstage-plugin-api-keys-common';
import { renderWithApis } from '../../__testUtils__/renderWithApis';
import { StatusChip } from '.';

describe('StatusChip', () => {
  it.each(API_KEY_STATUSES)('says "%s" in words', async status => {
    renderWithApis(<StatusChip status={status} />);
    expect(
      await screen.findByText(new RegExp(`^${status}$`, 'i')),
    ).toBeInTheDocument();
  });
});
