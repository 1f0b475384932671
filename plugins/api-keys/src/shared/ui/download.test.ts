import { download } from './download';

describe('download', () => {
  it('saves the file under its name and releases the object URL', () => {
    const saved: string[] = [];
    URL.createObjectURL = jest.fn(() => 'blob:1');
    URL.revokeObjectURL = jest.fn();
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(function click(this: HTMLAnchorElement) {
        saved.push(`${this.href} as ${this.download}`);
      });
    download(new Blob(['name']), 'api-keys.csv');
    expect(saved).toEqual(['blob:1 as api-keys.csv']);
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
  });
});
