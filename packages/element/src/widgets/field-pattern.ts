/**
 * A text area has no `pattern` of its own. Checks one the way an input does, empty text aside, and says what the
 * browser would say in its language.
 */
export function checkPattern(area: HTMLTextAreaElement, pattern: string | undefined): void {
  area.setCustomValidity(pattern === undefined || area.value === '' || matches(area.value, pattern) ? '' : mismatchMessage());
}

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'v').test(text);
  } catch {
    // As for an input: what is no pattern refuses nothing.
    return true;
  }
}

function mismatchMessage(): string {
  const input = document.createElement('input');
  input.pattern = 'a';
  input.value = 'b';
  return input.validationMessage || 'Pattern mismatch';
}
