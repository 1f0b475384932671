import { restrictionsInWords } from './restrictions';

describe('restrictionsInWords', () => {
  it('says for each plugin what it may be used for', () => {
    expect(
      restrictionsInWords([
        { plugin: 'scaffolder' },
        { plugin: 'catalog', permission: ['catalog.entity.read'] },
        {
          plugin: 'techdocs',
          permission: ['a', 'b'],
          permissionAttribute: { action: ['read', 'update'] },
        },
      ]),
    ).toEqual([
      'scaffolder',
      'catalog (catalog.entity.read)',
      'techdocs (a, b, action: read | update)',
    ]);
  });
});
