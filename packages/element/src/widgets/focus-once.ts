import { noChange } from 'lit';
import { Directive, directive, PartType } from 'lit/directive.js';
import type { DirectiveResult, ElementPart, PartInfo } from 'lit/directive.js';

/**
 * Focuses a field when it comes onto the page: `autofocus` only works while a page loads. The focus isn't taken
 * from the rest of the page, nor from a field that the reader is writing in.
 */
class FocusOnce extends Directive {
  private done = false;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('focusOnce belongs on an element.');
  }

  override render(_wanted: boolean): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [wanted]: [boolean]): unknown {
    if (this.done) return noChange;
    this.done = true;
    // While it is rendered, the field isn't in the document yet.
    if (wanted) queueMicrotask(() => isFree(element) && (element as HTMLElement).focus({ preventScroll: true }));
    return noChange;
  }
}

function isFree(element: Element): boolean {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot)) return false;
  const { activeElement: outside } = document;
  if (outside !== null && outside !== document.body && outside !== root.host) return false;
  const { activeElement: inside } = root;
  const written = inside instanceof HTMLInputElement || inside instanceof HTMLTextAreaElement ? inside.value : (inside as HTMLElement | null)?.isContentEditable ? inside?.textContent : '';
  return written === '' || written === null || written === undefined;
}

export const focusOnce: (wanted: boolean) => DirectiveResult<typeof FocusOnce> = directive(FocusOnce);
