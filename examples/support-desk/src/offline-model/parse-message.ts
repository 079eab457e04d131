import { SEVERITIES, type Severity } from '../desk/ticket.ts';

/** What the user wants, as far as the offline model understands it. */
export type Intent =
  | { type: 'refund'; order: string; amount: number }
  | { type: 'problem' }
  | { type: 'details'; severity: Severity; description: string }
  | { type: 'skipped' }
  | { type: 'greeting' }
  | { type: 'unknown' };

/** The engine's words for answered questions, as models get them. */
export const ANSWERED = 'The user was asked for input; it is ';

export function parseMessage(text: string): Intent {
  if (text.startsWith(ANSWERED)) return parseAnswers(text);
  const refund = /\brefund\b\D*?(\d+(?:\.\d{1,2})?)\b.*?\border\s+([\w-]+)/i.exec(text);
  if (refund?.[1] !== undefined && refund[2] !== undefined) return { type: 'refund', amount: Number(refund[1]), order: refund[2].toUpperCase() };
  if (/\b(broken|damaged|missing|wrong|late|problem|fails?|crash(es|ed)?|ticket|(does ?n[o’']t|not) work(ing)?)\b/i.test(text)) return { type: 'problem' };
  return /^\W*(hello|hi|help|thanks|what can you do)\b/i.test(text) ? { type: 'greeting' } : { type: 'unknown' };
}

function parseAnswers(text: string): Intent {
  const answerTo = (question: string): string | null => text.split('\n').find((line) => line.startsWith(`- ${question}`))?.slice(question.length + 4) ?? null;
  const description = answerTo('What happened?');
  const bad = answerTo('How bad is it?');
  if (!text.startsWith(`${ANSWERED}answered`) || description === null || description === 'skipped') return { type: 'skipped' };
  // Options are suggestions: another answer may be given.
  return { type: 'details', severity: SEVERITIES.find((severity) => severity === bad) ?? 'Something is broken', description };
}
