import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

/** What Material UI 4 provokes in every test that renders: nothing is wrong with the component under test. */
const NOISE = [
  // The DOM of the tests cannot parse nested style rules.
  /^Warning: \[JSS\] processedRuleToParse is not defined/,
  // Strict mode of a newer React than the library was written for.
  /^Warning: findDOMNode is deprecated/,
  // The ripple of a button that gets the focus back when a dialog closes.
  /^Warning: An update to %s inside a test was not wrapped in act.* TransitionGroup /s,
];

// The tests render whole pages, which takes seconds on a busy machine.
jest.setTimeout(20_000);
// Pages are loaded when they are first shown, within a test.
configure({ asyncUtilTimeout: 10_000 });

for (const level of ['warn', 'error'] as const) {
  const print = window.console[level];
  jest.spyOn(window.console, level).mockImplementation((...args) => {
    const text = args.join(' ');
    if (!NOISE.some(noise => noise.test(text))) print(...args);
  });
}
