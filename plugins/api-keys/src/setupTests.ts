import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

/** What Material UI 4 provokes in every test that renders: nothing is wrong with the component under test. */
const NOISE = [
  // Styles that depend on props, of which none get into the page of a test (see below).
  /^Warning: \[JSS\] Rule is not linked/,
  // Strict mode of a newer React than the library was written for.
  /^Warning: findDOMNode is deprecated/,
  // The ripple of a button that gets the focus back when a dialog closes.
  /^Warning: An update to %s inside a test was not wrapped in act.* TransitionGroup /s,
];

// The tests render whole pages, which takes seconds on a busy machine.
jest.setTimeout(20_000);
// Pages are loaded when they are first shown, within a test.
configure({ asyncUtilTimeout: 10_000 });

// No style rules get into the page. Each query by role would try every one of them on every element, which took 40 %
// of the tests' time; what is seen and what is not is judged in a real browser.
jest.mock('jss', () => {
  const jss = jest.requireActual('jss');
  const create = (options: object) =>
    jss.create({ ...options, Renderer: null });
  return { ...jss, create };
});

for (const level of ['warn', 'error'] as const) {
  const print = window.console[level];
  jest.spyOn(window.console, level).mockImplementation((...args) => {
    const text = args.join(' ');
    if (!NOISE.some(noise => noise.test(text))) print(...args);
  });
}
