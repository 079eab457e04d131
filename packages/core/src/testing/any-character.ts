import type fc from 'fast-check';

const SURROGATES = 0x800;
const FIRST_SURROGATE = 0xd800;
const LAST_CODE_POINT = 0x10ffff;

/**
 * A code point of any plane, as fast-check's own unit `binary`, and in the same order.
 * That one writes a table of all 1.1 million of them before its first string, which costs more than what is tested with it.
 */
export function anyCharacter({ nat }: Pick<typeof fc, 'nat'>): fc.Arbitrary<string> {
  return nat({ max: LAST_CODE_POINT - SURROGATES }).map(
    (index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES),
    // Only what can be read back lets fast-check mix in strings of its own, such as `__proto__`.
    (value) => {
      const point = typeof value === 'string' ? value.codePointAt(0) : undefined;
      if (point === undefined || String.fromCodePoint(point) !== value || !value.isWellFormed()) throw new Error('not a character');
      return point < FIRST_SURROGATE ? point : point - SURROGATES;
    },
  );
}
