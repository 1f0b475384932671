import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderWithApis } from '../../../__testUtils__/renderWithApis';
import { InventoryColumn } from './columns';
import { ColumnsButton } from './ColumnsButton';
import { useColumns } from './useColumns';

const Table = () => {
  const [columns, setColumns] = useColumns();
  return (
    <>
      <ColumnsButton columns={columns} onChange={setColumns} />
      <output>{columns.join()}</output>
    </>
  );
};

describe('ColumnsButton', () => {
  it('shows and hides columns, and stores the selection', async () => {
    const user = userEvent.setup();
    renderWithApis(<Table />);
    await user.click(await screen.findByRole('button', { name: 'Columns' }));
    const item = (name: string) =>
      screen.getByRole('menuitemcheckbox', { name });
    expect(item('Owner')).toBeChecked();
    expect(item('Id')).not.toBeChecked();
    await user.click(item('Id'));
    await user.click(item('Owner'));
    await user.click(item('Uses'));
    expect(
      await screen.findByText('status,expires,lastUsed,created,uses,id'),
    ).toBeInTheDocument();
  });

  it.each<[InventoryColumn[], number]>([
    [[], 0],
    [['scopes'], 1],
  ])(
    'with %j shown, offers %i columns without data',
    async (columns, times) => {
      renderWithApis(
        <ColumnsButton
          columns={columns}
          onChange={() => {}}
          useless={['scopes']}
        />,
      );
      await userEvent.click(
        await screen.findByRole('button', { name: 'Columns' }),
      );
      expect(screen.getByText('Uses')).toBeInTheDocument();
      expect(screen.queryAllByText('Scopes')).toHaveLength(times);
    },
  );
});
