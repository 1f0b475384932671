/*
 * Words and openings that the project's sentences do without, each with what to write instead (CONTRIBUTING, "Words and sentences").
 */

/** Kinds of text that the check reads. */
export const COMMENT = 'comment';
export const TEST_NAME = 'test name';
export const MESSAGE = 'message';
export const DOCUMENT = 'document';

const ANYWHERE = [COMMENT, TEST_NAME, MESSAGE, DOCUMENT];
const IN_CODE = [COMMENT, TEST_NAME];

/** @type {{ pattern: RegExp, instead: string, kinds: string[] }[]} */
export const RULES = [
  {
    pattern: /^(?:What|Whatever|Whether|Who|Whoever|Whose|Of|These)\b/,
    instead:
      'a verb in the third person ("Returns", "Rejects") or the name of the thing first',
    kinds: [COMMENT],
  },
  {
    pattern: /^The same\b/,
    instead: 'the name of the thing first',
    kinds: [COMMENT],
  },
  {
    pattern: /\b(?:whoever|whomever|whom|whosoever)\b/i,
    instead: '"users who", "the caller", "the owner"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\b(?:is|are|be|been|was|were|gets?|being) told\b/i,
    instead: '"is notified", "is logged", "receives", "is set"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\b(?:tell|tells|telling|told)\b/i,
    instead:
      'the verb that says which: log, audit, notify, emit, send, set, mark, report',
    kinds: IN_CODE,
  },
  {
    pattern: /\b(?:hear|hears|heard)\b/i,
    instead: '"receives", "is notified"',
    kinds: IN_CODE,
  },
  {
    pattern: /\bdoors?\b/i,
    instead: '"HTTP authentication", "entrance of the request"',
    kinds: IN_CODE,
  },
  {
    pattern: /\bturn(?:s|ed|ing)? away\b/i,
    instead: '"deny", "denied"',
    kinds: IN_CODE,
  },
  {
    pattern: /\b(?:judge|judges|judged|judging)\b/i,
    instead: '"verify", "check", "decide"',
    kinds: IN_CODE,
  },
  {
    pattern: /\bdisbelie(?:f|ve|ves|ved)\b/i,
    instead: '"sanity check", "implausible"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\b(?:somebody|nobody|everybody) (?:hears|tells|asks for|sees)\b/i,
    instead: 'the role: "the caller", "the owner", "an admin"',
    kinds: [COMMENT],
  },
  {
    pattern: /\bin the clothes of\b/i,
    instead: '"mapped", "encoded as"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\b(?:besides|thereby|hereby|wherein|whereof|thereof|therein)\b/i,
    instead: '"also", "so", "in which"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\b(?:is|are) not to be\b/i,
    instead: '"cannot", "must not", "is missing"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\bin the way of\b/i,
    instead: '"blocks", "prevents"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\bwithout a word\b/i,
    instead: '"silently"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\bso that (?:nobody|somebody)\b/i,
    instead: 'the role, or the passive: "so that it cannot be …"',
    kinds: ANYWHERE,
  },
  {
    pattern: /\bbecomes? of\b/i,
    instead: '"result", "outcome", "what happens to"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\bfor good\b/i,
    instead: '"permanently"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\b(?:works?|working) on (?:and|until|for|while|as)\b/i,
    instead: '"keeps working"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\bheld to\b/i,
    instead: '"limited by", "checked against", "subject to"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\bdead keys?\b/i,
    instead: '"ended key", or its status: "revoked", "expired", "inactive"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\b(?:is|are|was|were|be) thrown away\b/i,
    instead: '"discarded"',
    kinds: [DOCUMENT],
  },
  {
    pattern: /\b(?:eldest|anew)\b/i,
    instead: '"oldest"; "again"',
    kinds: [COMMENT, TEST_NAME, DOCUMENT],
  },
];

/** @returns {{ words: string, instead: string }[]} the rules that the text breaks */
export function faultsOf(text, kind) {
  return RULES.filter(rule => rule.kinds.includes(kind)).flatMap(
    ({ pattern, instead }) => {
      const found = pattern.exec(text);
      return found ? [{ words: found[0], instead }] : [];
    },
  );
}
