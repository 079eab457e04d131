/** A row of the history, and what the reader was doing with it. */
interface HistoryRow {
  threadId: string | undefined;
  index: number;
  mode: string | undefined;
}

/**
 * Keeps the focus inside the element when what had it disappears: a prompt that was
 * chosen, a form that was sent, the button that opened the history, a row that was renamed or deleted.
 */
export class FocusKeeper {
  private focused: Element | null = null;
  private row: HistoryRow | null = null;
  private wasInHistory = false;

  beforeRender(root: ShadowRoot): void {
    this.focused = root.activeElement;
    this.row = this.focused ? historyRow(this.focused) : null;
  }

  afterRender(root: ShadowRoot, inHistory: boolean): void {
    const switched = inHistory !== this.wasInHistory;
    this.wasInHistory = inHistory;
    const wanted = root.querySelector<HTMLElement>('[data-autofocus]');
    if (wanted && !(wanted.closest('.thread-entry') ?? wanted.parentElement)?.contains(root.activeElement)) {
      wanted.focus();
      return;
    }
    const lost = this.focused !== null && !isVisible(this.focused) && (root.activeElement === null || root.activeElement === this.focused);
    if (!lost && !(switched && inHistory && document.activeElement === document.body)) return;
    const target = inHistory ? '.header button, .thread-open' : switched ? '.header-side.end button:last-of-type' : '.conversation';
    const next = (inHistory && this.row && besideRow(root, this.row)) || root.querySelector<HTMLElement>(target) || root.querySelector<HTMLElement>('.conversation');
    next?.focus({ preventScroll: true });
  }
}

function historyRow(focused: Element): HistoryRow | null {
  const row = focused.closest<HTMLElement>('.thread-list > li');
  if (!row?.parentElement) return null;
  return {
    threadId: row.dataset['threadId'],
    index: [...row.parentElement.children].indexOf(row),
    mode: focused.closest<HTMLElement>('.thread-entry')?.dataset['mode'],
  };
}

/** The button the row was edited by, or the row that came in place of one that is gone. */
function besideRow(root: ShadowRoot, { threadId, index, mode }: HistoryRow): HTMLElement | null {
  const rows = [...root.querySelectorAll<HTMLElement>('.thread-list > li')];
  const same = rows.find((row) => row.dataset['threadId'] === threadId);
  const row = same ?? rows[Math.min(index, rows.length - 1)];
  return (same && mode ? row?.querySelector<HTMLElement>(`.to-${mode}`) : null) ?? row?.querySelector<HTMLElement>('.thread-open') ?? null;
}

function isVisible(element: Element): boolean {
  return element.isConnected && element.checkVisibility();
}
