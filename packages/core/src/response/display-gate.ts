import { appendText } from '../engine/append-text.js';

/** Text held back beyond this is no structured reply; it is shown after all. */
const MAX_HELD_CHARS = 256 * 1024;

/**
 * Decides which part of a streaming text may be shown at once. From where a JSON object may begin (a line that starts with a brace, or a
 * fence for JSON) the text is held back until its end tells whether it is a structured reply, so raw JSON is never shown.
 */
export class DisplayGate {
  #text = '';
  #shown = 0;
  /** Where to look for a candidate next: always at the start of a line. */
  #scan = 0;
  #released = false;

  /** All text so far. */
  get text(): string {
    return this.#text;
  }

  /** The text that is held back. */
  get held(): string {
    return this.#text.slice(this.#shown);
  }

  /** Takes the next piece, returns what may be shown now. */
  feed(delta: string): string {
    this.#text = appendText(this.#text, delta);
    if (this.#released || this.held.length > MAX_HELD_CHARS) return this.release();
    return this.#show(this.#safeEnd());
  }

  /** Gives up holding: returns what was held. */
  release(): string {
    this.#released = true;
    return this.#show(this.#text.length);
  }

  #show(end: number): string {
    const piece = this.#text.slice(this.#shown, end);
    this.#shown = Math.max(this.#shown, end);
    return piece;
  }

  /** The text up to here can't be part of a candidate. */
  #safeEnd(): number {
    for (;;) {
      const lineEnd = this.#text.indexOf('\n', this.#scan);
      const line = this.#text.slice(this.#scan, lineEnd === -1 ? undefined : lineEnd);
      const start = line.trimStart();
      if (start.startsWith('{') || /^```(json)?\s*$/i.test(start)) return this.#scan;
      if (lineEnd === -1) {
        // The line is not whole: blank so far, or the beginning of a fence, it may still become a candidate.
        const undecided = start === '' || '```json'.startsWith(start.toLowerCase());
        return undecided ? this.#scan : this.#text.length;
      }
      if (start.startsWith('```')) {
        // Code in another language: nothing in it is a candidate.
        const close = /\n[ \t]*```[ \t]*(?:\n|$)/.exec(this.#text.slice(lineEnd));
        if (!close) return this.#text.length;
        this.#scan = lineEnd + close.index + close[0].length;
      } else this.#scan = lineEnd + 1;
      if (this.#scan >= this.#text.length) return this.#text.length;
    }
  }
}
