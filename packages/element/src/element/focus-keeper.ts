/**
 * Keeps the focus inside the element when what had it disappears: a prompt that was
 * chosen, a form that was sent, the button that opened the history.
 */
export class FocusKeeper {
  private focused: Element | null = null;
  private wasInHistory = false;

  beforeRender(root: ShadowRoot): void {
    this.focused = root.activeElement;
  }

  afterRender(root: ShadowRoot, inHistory: boolean): void {
    const switched = inHistory !== this.wasInHistory;
    this.wasInHistory = inHistory;
    const wanted = root.querySelector<HTMLElement>('[data-autofocus]');
    if (wanted && !wanted.parentElement?.contains(root.activeElement)) {
      wanted.focus();
      return;
    }
    const lost = this.focused !== null && !isVisible(this.focused) && (root.activeElement === null || root.activeElement === this.focused);
    if (!lost && !(switched && inHistory && document.activeElement === document.body)) return;
    const target = inHistory ? '.header button, .thread-open' : switched ? '.header-side.end button:last-of-type' : '.conversation';
    (root.querySelector<HTMLElement>(target) ?? root.querySelector<HTMLElement>('.conversation'))?.focus({ preventScroll: true });
  }
}

function isVisible(element: Element): boolean {
  return element.isConnected && element.checkVisibility();
}
