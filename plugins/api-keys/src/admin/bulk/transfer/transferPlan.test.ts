import { planTransfer } from './transferPlan';

describe('planTransfer', () => {
  it('counts transferred and refused keys, by reason', () => {
    const refused = [
      { id: 'a', reason: 'It is revoked' },
      { id: 'b', reason: 'No room' },
      { id: 'c', reason: 'It is revoked' },
    ];
    expect(planTransfer({ matched: 5, transferred: 0, refused })).toEqual({
      going: 2,
      staying: 3,
      isCapped: false,
      refusals: [
        { reason: 'It is revoked', ids: ['a', 'c'] },
        { reason: 'No room', ids: ['b'] },
      ],
    });
  });

  it('treats 100 refusals as a lower bound', () => {
    const refused = Array.from({ length: 100 }, (_, i) => ({
      id: `${i}`,
      reason: 'No room',
    }));
    expect(
      planTransfer({ matched: 300, transferred: 0, refused }),
    ).toMatchObject({
      going: 200,
      staying: 100,
      isCapped: true,
    });
  });
});
