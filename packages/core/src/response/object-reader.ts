/** What a text is so far: an object that is still open, one that has just been closed, or no object that could be a reply. */
export type ObjectState = 'open' | 'closed' | 'none';

/** A brace in prose shows within this many characters that it begins no JSON object. */
const MAX_PREFIX_CHARS = 200;

/**
 * Reads what may be a JSON object with a first property, character by character from the one after its brace. `{name}` and `{ }` are none;
 * whether what was closed is JSON is for the parser to say.
 */
export class ObjectReader {
  #place: 'before key' | 'key' | 'before colon' | 'body' = 'before key';
  #depth = 1;
  #inString = false;
  #escaped = false;
  #count = 0;

  take(character: string): ObjectState {
    if (this.#place === 'body') return this.#takeBody(character);
    return ++this.#count > MAX_PREFIX_CHARS ? 'none' : this.#takePrefix(character);
  }

  #takePrefix(character: string): ObjectState {
    if (this.#place === 'key') return this.#takeKey(character);
    if (/\s/.test(character)) return 'open';
    if (this.#place === 'before key' && character === '"') this.#place = 'key';
    else if (this.#place === 'before colon' && character === ':') this.#place = 'body';
    else return 'none';
    return 'open';
  }

  #takeKey(character: string): ObjectState {
    if (character === '\n') return 'none';
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#place = 'before colon';
    return 'open';
  }

  #takeBody(character: string): ObjectState {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (character === '\\') this.#escaped = true;
      else if (character === '"') this.#inString = false;
    } else if (character === '"') this.#inString = true;
    else if (character === '{') this.#depth++;
    else if (character === '}' && --this.#depth === 0) return 'closed';
    return 'open';
  }
}
