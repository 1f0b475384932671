import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

/** Warnings that Material UI 4 causes in every test. */
const NOISE = [
  // Dynamic styles, which need a renderer (see below).
  /^Warning: \[JSS\] Rule is not linked/,
  // The library predates strict mode of React 18.
  /^Warning: findDOMNode is deprecated/,
  // The ripple of a button that regains focus after a dialog.
  /^Warning: An update to %s inside a test was not wrapped in act.* TransitionGroup /s,
];

// Tests render whole pages, which takes seconds on a busy machine.
jest.setTimeout(20_000);
// Pages load lazily, within a test.
configure({ asyncUtilTimeout: 10_000 });

// Keeps style rules out of the document: each query by role matches every rule against every element, which took 40 %
// of the test time. Browser tests cover visibility.
jest.mock('jss', () => {
  const jss = jest.requireActual('jss');
  const create = (options: object) =>
    jss.create({ ...options, Renderer: null });
  return { ...jss, create };
});

// A field that grows with its text computes styles each time it renders, although nothing has a height here.
jest.mock('@material-ui/core/TextareaAutosize', () => {
  const { createElement, forwardRef } = jest.requireActual('react');
  return forwardRef(
    (
      { minRows, maxRows, rowsMin, rowsMax, ...props }: Record<string, unknown>,
      ref: unknown,
    ) => createElement('textarea', { ...props, ref }),
  );
});

for (const level of ['warn', 'error'] as const) {
  const print = window.console[level];
  jest.spyOn(window.console, level).mockImplementation((...args) => {
    const text = args.join(' ');
    if (!NOISE.some(noise => noise.test(text))) print(...args);
  });
}
