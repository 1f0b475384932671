import { toRequest, limitChoices, initialValues } from './policyForm';

describe('the form of a policy', () => {
  it.each([
    [{}],
    [{ lifetime: { max: 'P30D' } }],
    [{ lifetime: { default: 'PT12H', max: 'P1M', allowUnlimited: true } }],
    [{ lifetime: { allowUnlimited: false } }],
    [{ inactivity: { default: null, max: null } }],
    [{ inactivity: { default: 'P1DT6H', max: 'P9D' } }],
    [{ limits: { keysPerOwner: 0 } }],
    [{ restrictions: { required: true, maxPlugins: 3 } }],
    [{ restrictions: { required: false, maxPlugins: null } }],
    [{ restrictions: { forbidden: ['scaffolder'] } }],
    [{ restrictions: { forbidden: [] } }],
  ])('sends %j unless something is changed', policy => {
    expect(toRequest(initialValues(policy))).toEqual(policy);
  });

  it.each([
    ['30', 'P30D'],
    ['007', 'P7D'],
    [' 5 ', 'P5D'],
  ])('parses “%s” as %s', (number, max) => {
    const form = initialValues({ lifetime: { allowUnlimited: true } });
    form['lifetime.max'] = { choice: 'number', number };
    expect(toRequest(form)).toEqual({
      lifetime: { max, allowUnlimited: true },
    });
  });

  it('leaves out only fields that are no longer set', () => {
    const form = initialValues({
      lifetime: { max: 'P30D', default: 'P7D' },
      limits: { keysPerOwner: 5 },
    });
    form['lifetime.max'].choice = 'unset';
    form['limits.keysPerOwner'].choice = 'unset';
    expect(toRequest(form)).toEqual({ lifetime: { default: 'P7D' } });
  });

  it.each([
    ['lifetime.max', {}, ['unset', 'number']],
    ['lifetime.max', { max: 'PT12H' }, ['unset', 'number', 'kept']],
    ['lifetime.allowUnlimited', {}, ['unset', 'yes', 'no']],
    ['inactivity.default', {}, ['unset', 'number', 'none']],
    ['limits.keysPerOwner', {}, ['unset', 'number']],
    ['restrictions.required', {}, ['unset', 'yes', 'no']],
    ['restrictions.maxPlugins', {}, ['unset', 'number', 'none']],
    ['restrictions.forbidden', {}, ['unset', 'plugins']],
  ] as const)('offers for %s, with a lifetime of %j, %j', (...row) => {
    const [field, lifetime, choices] = row;
    const form = initialValues({ lifetime });
    expect(limitChoices(field, form[field])).toEqual(choices);
  });

  it('offers an empty list only if it is set', () => {
    const form = initialValues({ restrictions: { forbidden: [] } });
    expect(
      limitChoices('restrictions.forbidden', form['restrictions.forbidden']),
    ).toEqual(['unset', 'plugins', 'none']);
  });
});
