const nearBottom = 80;
const nearTop = 800;
const gapAbove = 16;

export interface ScrollKeeperHost {
  autoScroll: () => boolean;
  /** The reader is close to the oldest loaded message. */
  reachedTop: () => void;
  changed: () => void;
}

/**
 * Where the conversation stands on screen. Opening a thread shows its end. Sending brings
 * the message to the top, with the answer growing below it; with `autoScroll` the end is
 * followed instead. A reader who scrolled away is never moved.
 */
export class ScrollKeeper {
  atBottom = true;
  private element: HTMLElement | null = null;
  private following = true;
  private anchor: { element: HTMLElement; top: number } | null = null;
  private pending: 'end' | 'message' | null = null;
  private room = 0;
  /** The position a sent message is held at, until the reader scrolls. */
  private hold: number | null = null;
  /** Where this keeper put the view last: any other position is the reader's doing. */
  private ownTop = -1;
  /** The reader has not moved since the end was shown: images that load late must not push it away. */
  private resting = false;
  private readonly resized = new ResizeObserver(() => {
    if (this.resting && this.element) this.scrollTo(this.element, this.element.scrollHeight);
  });

  constructor(private readonly host: ScrollKeeperHost) {}

  attach(element: HTMLElement): void {
    if (this.element === element) return;
    this.element = element;
    element.addEventListener('scroll', () => this.scrolled(), { passive: true });
    const content = element.querySelector('.thread');
    if (content) this.resized.observe(content);
    // A growing composer takes room from the conversation.
    this.resized.observe(element);
  }

  /** The next rendering shows another thread: start at its end. */
  showEnd(): void {
    this.pending = 'end';
    this.hold = null;
    this.setRoom(0);
  }

  /** The next rendering shows a message just sent. */
  showMessage(): void {
    this.pending = this.host.autoScroll() ? 'end' : 'message';
  }

  jumpToEnd(): void {
    this.following = true;
    this.hold = null;
    this.keepStill();
    this.element?.scrollTo({ top: this.element.scrollHeight, behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
  }

  /** Remembers what is on top before older messages are put above it. */
  beforePrepending(): void {
    const { element } = this;
    if (!element || this.pending) return;
    const top = element.getBoundingClientRect().top;
    const first = firstBelow(element.querySelectorAll<HTMLElement>('.item'), top);
    this.anchor = first ? { element: first, top: first.getBoundingClientRect().top } : null;
  }

  /** Puts the view where it belongs after a rendering. */
  afterRender(prepended: boolean, streaming: boolean): void {
    const { element } = this;
    if (!element) return;
    if (this.pending === 'end') {
      this.scrollTo(element, element.scrollHeight);
      this.following = true;
      this.resting = true;
      this.pending = null;
    } else if (this.pending === 'message') {
      this.pending = null;
      this.following = false;
      this.resting = false;
      this.bringMessageToTop(element);
    } else if (prepended && this.anchor?.element.isConnected) {
      this.scrollTo(element, element.scrollTop + this.anchor.element.getBoundingClientRect().top - this.anchor.top);
    } else if (streaming && this.host.autoScroll() && this.following) {
      this.scrollTo(element, element.scrollHeight);
    }
    this.anchor = null;
    this.fitRoom(element);
    this.keepStill();
    this.measure();
  }

  private scrollTo(element: HTMLElement, top: number): void {
    element.scrollTop = top;
    this.ownTop = element.scrollTop;
  }

  private bringMessageToTop(element: HTMLElement): void {
    const messages = element.querySelectorAll<HTMLElement>('.item.from-user');
    const last = messages[messages.length - 1];
    if (!last) return;
    this.hold = Math.max(0, offsetIn(last, element) - gapAbove);
    this.fitRoom(element);
  }

  /** The room kept below a sent message is used up as the answer grows, so nothing moves. */
  private fitRoom(element: HTMLElement): void {
    if (this.hold === null && this.room === 0) return;
    const needed = Math.max(0, (this.hold ?? element.scrollTop) + element.clientHeight - this.contentEnd(element));
    if (this.hold !== null || needed < this.room) this.setRoom(needed);
    if (this.hold !== null && Math.abs(element.scrollTop - this.hold) > 1) this.scrollTo(element, this.hold);
  }

  private contentEnd(element: HTMLElement): number {
    const spacer = element.querySelector<HTMLElement>('.room');
    return spacer ? offsetIn(spacer, element) : element.scrollHeight;
  }

  /** Where this keeper keeps the view, the browser's own anchoring would move it as well, and look like the reader. */
  private keepStill(): void {
    this.element?.style.setProperty('overflow-anchor', this.hold !== null || this.resting ? 'none' : 'auto');
  }

  private setRoom(pixels: number): void {
    this.room = pixels;
    this.element?.querySelector<HTMLElement>('.room')?.style.setProperty('block-size', `${pixels}px`);
  }

  private scrolled(): void {
    const { element } = this;
    if (!element) return;
    this.measure();
    // At its very end, the view may have been moved there by content that became shorter.
    const stillResting = this.resting && element.scrollHeight - element.scrollTop - element.clientHeight < 2;
    if (Math.abs(element.scrollTop - this.ownTop) > 1 && !stillResting) {
      this.following = this.atBottom;
      this.resting = false;
      this.hold = null;
      this.keepStill();
    }
    if (element.scrollTop < nearTop) this.host.reachedTop();
  }

  private measure(): void {
    const { element } = this;
    if (!element) return;
    const distance = element.scrollHeight - this.room - element.scrollTop - element.clientHeight;
    const atBottom = distance < nearBottom;
    if (atBottom === this.atBottom) return;
    this.atBottom = atBottom;
    this.host.changed();
  }
}

/** The first item that reaches below a line. They stand one below the other, so a few are asked instead of all. */
function firstBelow(items: ArrayLike<HTMLElement>, line: number): HTMLElement | undefined {
  let from = 0;
  let to = items.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((items[middle]?.getBoundingClientRect().bottom ?? 0) > line) to = middle;
    else from = middle + 1;
  }
  return items[from];
}

function offsetIn(child: HTMLElement, scroller: HTMLElement): number {
  return child.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
