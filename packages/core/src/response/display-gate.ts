import { appendText } from '../engine/append-text.js';
import { beginsArrayOfObjects, closesFence, opensFence, opensJsonFence, opensJsonFenceWithObject } from './code-fence.js';
import { ObjectReader } from './object-reader.js';

/** Text held back beyond this is no structured reply; it is shown after all. */
const MAX_HELD_CHARS = 256 * 1024;
/** A line of code longer than this closes no fence. */
const MAX_FENCE_CHARS = 100;

/**
 * Where in the text the next piece is: at the start of a line whose kind is not known yet, within a line that is shown, in an object that
 * began there, in code of another language (nothing in it is a candidate), or behind the beginning of a candidate.
 */
type Place = 'line start' | 'line' | 'object' | 'fence line' | 'code' | 'held' | 'released';

/** What may be shown of a text, and what is still to be looked at. */
interface Taken {
  shown: string;
  rest: string;
}

/**
 * Decides which part of a streaming text may be shown at once. From where a JSON object may begin (a line that starts with a brace, or a
 * fence for JSON) the text is held back until its end tells whether it is a structured reply, so raw JSON is never shown. An object that
 * begins within a line is held back until it is closed, and from then on only if it names itself a reply. Finds what `extractJson` finds,
 * and remembers no more of the text than it holds.
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
  #object = new ObjectReader();
  readonly #isNamed: (json: string) => boolean;

  /** `isNamed`: whether a text is an object that names itself a reply. */
  constructor(isNamed: (json: string) => boolean = () => false) {
    this.#isNamed = isNamed;
  }

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
      const taken = this.#take(rest);
      shown += taken.shown;
      rest = taken.rest;
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

  /** The next characters of an object within a line. What is none is shown from its brace, and looked at anew behind it. */
  #takeObject(text: string): Taken {
    for (let index = 0; index < text.length; index++) {
      const state = this.#object.take(text.charAt(index));
      if (state === 'open') continue;
      this.#place = 'line';
      if (state === 'none') {
        const rest = this.#held.slice(1) + text;
        this.#held = '';
        return { shown: '{', rest };
      }
      const json = this.#held + text.slice(0, index + 1);
      const isReply = this.#isNamed(json);
      this.#held = isReply ? json : '';
      if (isReply) this.#place = 'held';
      return { shown: isReply ? '' : json, rest: text.slice(index + 1) };
    }
    this.#held = appendText(this.#held, text);
    return { shown: '', rest: '' };
  }

  /** Takes from the text as far as one thing is known of it. */
  #take(text: string): Taken {
    if (this.#place === 'object') return this.#takeObject(text);
    if (this.#place === 'line') return this.#takeProse(text);
    const newline = text.indexOf('\n') + 1;
    const piece = newline === 0 ? text : text.slice(0, newline);
    const rest = text.slice(piece.length);
    const isWhole = newline > 0;
    switch (this.#place) {
      case 'fence line':
        if (isWhole) this.#place = 'code';
        return { shown: piece, rest };
      case 'code':
        this.#takeCode(piece, isWhole);
        return { shown: piece, rest };
      default:
        return this.#takeLineStart(text, piece);
    }
  }

  /** To the end of the line, or to where an object may begin within it. */
  #takeProse(text: string): Taken {
    const at = text.search(/[{\n]/);
    if (at === -1) return { shown: text, rest: '' };
    const rest = text.slice(at + 1);
    if (text.charAt(at) === '\n') {
      this.#place = 'line start';
      return { shown: text.slice(0, at + 1), rest };
    }
    this.#place = 'object';
    this.#object = new ObjectReader();
    this.#held = '{';
    return { shown: text.slice(0, at), rest };
  }

  #takeCode(piece: string, isWhole: boolean): void {
    if (this.#codeLine.length <= MAX_FENCE_CHARS) this.#codeLine += piece;
    if (!isWhole) return;
    if (closesFence(this.#codeLine)) this.#place = 'line start';
    this.#codeLine = '';
  }

  #takeLineStart(text: string, piece: string): Taken {
    const rest = text.slice(piece.length);
    const isWhole = piece.endsWith('\n');
    if (this.#blanksChangeNothing && !isWhole && piece.trim() === '') {
      this.#held = appendText(this.#held, piece);
      return { shown: '', rest };
    }
    const line = this.#held + piece;
    const start = line.trimStart();
    this.#blanksChangeNothing = start === '' || start.startsWith('[') || opensJsonFence(start);
    const isCandidate = start.startsWith('{') || opensJsonFenceWithObject(line) || (isWhole && opensJsonFence(line)) || (this.#first && beginsArrayOfObjects(line));
    if (isCandidate || this.#isUndecided(start, isWhole)) {
      if (isCandidate) this.#place = 'held';
      this.#held = line;
      return { shown: '', rest };
    }
    const all = this.#held + text;
    this.#held = '';
    this.#blanksChangeNothing = false;
    if (start !== '') this.#first = false;
    if (!opensFence(line)) {
      this.#place = 'line';
      return { shown: '', rest: all };
    }
    this.#place = isWhole ? 'code' : 'fence line';
    return { shown: line, rest };
  }

  /** The line is not whole: blank so far, or the beginning of a fence, it may still become a candidate. */
  #isUndecided(start: string, isWhole: boolean): boolean {
    if (this.#first && /^\[\s*$/.test(start)) return true;
    return !isWhole && (start === '' || '```json'.startsWith(start.toLowerCase()) || opensJsonFence(start));
  }
}
