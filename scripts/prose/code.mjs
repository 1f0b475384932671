/* Finds the sentences of a source file: its comments, the names of its tests, and its messages. */
import ts from 'typescript';
import { COMMENT, MESSAGE, TEST_NAME } from './rules.mjs';

const TESTS = /^(?:describe|it|test)$/;
const DIRECTIVE =
  /^(?:eslint|@ts-|istanbul|webpack|prettier|#region|#endregion|\/ <)/;
// A text of one or two words is a name, not a sentence.
const SENTENCE = /\S+\s+\S+\s+\S+/;

const isTestFile = path => /\.test\.[a-z]+$|\/e2e\/tests\//.test(path);

/** The innermost name of `it`, `it.each(…)`, `describe.skip`, … */
function calleeName(node) {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) {
    return calleeName(node.expression);
  }
  return ts.isTaggedTemplateExpression(node) ? calleeName(node.tag) : '';
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [
    node.head.text,
    ...node.templateSpans.map(span => `…${span.literal.text}`),
  ].join('');
}

function isTestName(node) {
  const { parent } = node;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === node &&
    TESTS.test(calleeName(parent.expression))
  );
}

/** Splits a comment into its paragraphs, and JSDoc into its description and tags, without the decoration. */
function paragraphsOf(comment) {
  const lines = comment
    .replace(/^\/\*\*?|\*\/$/g, '')
    .split('\n')
    .map(line => line.replace(/^\s*(?:\*|\/\/)? ?/, ''));
  return lines
    .join('\n')
    .split(/\n\s*\n|\n(?=\s*(?:@|- ))/)
    .map(text =>
      text
        .trim()
        .replace(
          /^@(?:param|throws|see|default|remarks|deprecated)\b\s*(?:\{[^}]*\}\s*)?(?:[\w.[\]=]+\s+-\s+)?/,
          '',
        )
        .replace(/^@returns?\b\s*(?:\{[^}]*\}\s*)?/, '')
        .replace(/^- /, '')
        .replace(/\s*\n\s*/g, ' '),
    )
    .filter(
      text => text !== '' && !text.startsWith('@') && !DIRECTIVE.test(text),
    );
}

/** Yields `{ text, position }` for each run of comments: neighbouring `//` lines are one. */
function* commentsOf(source, file) {
  const seen = new Set();
  const ranges = [];
  const visit = node => {
    for (const range of [
      ...(ts.getLeadingCommentRanges(source, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.end) ?? []),
    ]) {
      if (!seen.has(range.pos)) {
        seen.add(range.pos);
        ranges.push(range);
      }
    }
    node.getChildren(file).forEach(visit);
  };
  visit(file);
  ranges.sort((a, b) => a.pos - b.pos);

  let run;
  for (const { pos, end, kind } of ranges) {
    const isLine = kind === ts.SyntaxKind.SingleLineCommentTrivia;
    const continues =
      run?.isLine &&
      isLine &&
      /^[ \t]*\r?\n[ \t]*$/.test(source.slice(run.end, pos));
    if (continues) {
      run.end = end;
    } else {
      if (run) yield run;
      run = { pos, end, isLine };
    }
  }
  if (run) yield run;
}

/** @returns {{ text: string, kind: string, line: number }[]} */
export function sentencesOfCode(path, source) {
  const file = ts.createSourceFile(
    path,
    source,
    ts.ScriptTarget.Latest,
    true,
    /\.[jt]sx$/.test(path) ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const lineAt = position =>
    file.getLineAndCharacterOfPosition(position).line + 1;
  const sentences = [];

  for (const { pos, end } of commentsOf(source, file)) {
    for (const text of paragraphsOf(source.slice(pos, end))) {
      sentences.push({ text, kind: COMMENT, line: lineAt(pos) });
    }
  }
  const visit = node => {
    const text = textOf(node);
    if (text !== undefined && SENTENCE.test(text)) {
      const kind = isTestName(node) ? TEST_NAME : MESSAGE;
      if (kind === TEST_NAME || !isTestFile(path)) {
        sentences.push({ text, kind, line: lineAt(node.getStart(file)) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return sentences;
}
