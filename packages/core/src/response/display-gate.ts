import { appendText } from '../engine/append-text.js';
import { beginsArrayOfObjects, closesFence, opensFence, opensJsonFence } from './code-fence.js';

/** Text held back beyond this is no structured reply; it is shown after all. */
const MAX_HELD_CHARS = 256 * 1024;
/** A line of code longer than this closes no fence. */
const MAX_FENCE_CHARS = 100;

/**
 * Where in the text the next piece is: at the start of a line whose kind is not known yet, within a line that is shown, in code of another
 * language (nothing in it is a candidate), or behind the beginning of a candidate.
 */
type Place = 'line start' | 'line' | 'fence line' | 'code' | 'held' | 'released';

/**
 * Decides which part of a streaming text may be shown at once. From where a JSON object may begin (a line that starts with a brace, or a
 * fence for JSON) the text is held back until its end tells whether it is a structured reply, so raw JSON is never shown. Finds what
 * `extractJson` finds, and remembers no more of the text than it holds.
 */
export class DisplayGate {
  #place: Place = 'line start';
  #held = '';
  /** The line of code so far. */
  #codeLine = '';
  /** Nothing but blank lines so far. */
  #first = true;
  #part = 0;
  /** The undecided line stays as undecided as it is while only blanks are added: there may be very many, in very small pieces. */
  #blanksChangeNothing = false;

  /** Index of the part of the message that is being fed. */
  get part(): number {
    return this.#part;
  }

  /** The text that is held back. */
  get held(): string {
    return this.#held;
  }

  /** Takes the next piece, returns what may be shown now. */
  feed(delta: string): string {
    let shown = '';
    let rest = delta;
    while (rest !== '' && this.#place !== 'held' && this.#place !== 'released') {
      const end = rest.indexOf('\n') + 1;
      const piece = end === 0 ? rest : rest.slice(0, end);
      rest = rest.slice(piece.length);
      shown += this.#takeLine(piece);
    }
    if (this.#place === 'released') return shown + rest;
    this.#held = appendText(this.#held, rest);
    return this.#held.length > MAX_HELD_CHARS ? shown + this.release() : shown;
  }

  /** The text goes on in another part of the message, which is a paragraph of its own. */
  startPart(index: number): void {
    this.#part = index;
    if (this.#place === 'line' && this.#held === '') this.#place = 'line start';
  }

  /** Gives up holding: returns what was held. */
  release(): string {
    const held = this.#held;
    this.#held = '';
    this.#place = 'released';
    return held;
  }

  /** A line, or the next piece of one. */
  #takeLine(piece: string): string {
    const isWhole = piece.endsWith('\n');
    switch (this.#place) {
      case 'line':
        if (isWhole) this.#place = 'line start';
        return piece;
      case 'fence line':
        if (isWhole) this.#place = 'code';
        return piece;
      case 'code':
        this.#takeCode(piece, isWhole);
        return piece;
      default:
        return this.#takeLineStart(piece, isWhole);
    }
  }

  #takeCode(piece: string, isWhole: boolean): void {
    if (this.#codeLine.length <= MAX_FENCE_CHARS) this.#codeLine += piece;
    if (!isWhole) return;
    if (closesFence(this.#codeLine)) this.#place = 'line start';
    this.#codeLine = '';
  }

  #takeLineStart(piece: string, isWhole: boolean): string {
    if (this.#blanksChangeNothing && !isWhole && piece.trim() === '') {
      this.#held = appendText(this.#held, piece);
      return '';
    }
    const line = this.#held + piece;
    const start = line.trimStart();
    this.#blanksChangeNothing = start === '' || start.startsWith('[') || opensJsonFence(start);
    if (start.startsWith('{') || (isWhole && opensJsonFence(line)) || (this.#first && beginsArrayOfObjects(line))) this.#place = 'held';
    else if (!this.#isUndecided(start, isWhole)) {
      this.#held = '';
      this.#blanksChangeNothing = false;
      if (start !== '') this.#first = false;
      if (opensFence(line)) this.#place = isWhole ? 'code' : 'fence line';
      else this.#place = isWhole ? 'line start' : 'line';
      return line;
    }
    this.#held = line;
    return '';
  }

  /** The line is not whole: blank so far, or the beginning of a fence, it may still become a candidate. */
  #isUndecided(start: string, isWhole: boolean): boolean {
    if (this.#first && /^\[\s*$/.test(start)) return true;
    return !isWhole && (start === '' || '```json'.startsWith(start.toLowerCase()) || opensJsonFence(start));
  }
}
