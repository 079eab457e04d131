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
    this.setHold(null);
    this.setRoom(0);
  }

  /** The next rendering shows a message just sent. */
  showMessage(): void {
    this.pending = this.host.autoScroll() ? 'end' : 'message';
  }

  jumpToEnd(): void {
    this.following = true;
    this.setHold(null);
    this.element?.scrollTo({ top: this.element.scrollHeight, behavior: prefersReducedMotion() ? 'auto' : 'smooth' });
  }

  /** Remembers what is on top before older messages are put above it. */
  beforeRender(): void {
    const { element } = this;
    if (!element || this.pending) return;
    const top = element.getBoundingClientRect().top;
    const first = [...element.querySelectorAll<HTMLElement>('.item')].find((item) => item.getBoundingClientRect().bottom > top);
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
    this.setHold(Math.max(0, offsetIn(last, element) - gapAbove));
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

  private setHold(top: number | null): void {
    this.hold = top;
    // The browser's own anchoring would move the view by itself, and look like the reader.
    this.element?.style.setProperty('overflow-anchor', top === null ? 'auto' : 'none');
  }

  private setRoom(pixels: number): void {
    this.room = pixels;
    this.element?.querySelector<HTMLElement>('.room')?.style.setProperty('block-size', `${pixels}px`);
  }

  private scrolled(): void {
    const { element } = this;
    if (!element) return;
    this.measure();
    if (Math.abs(element.scrollTop - this.ownTop) > 1) {
      this.following = this.atBottom;
      this.resting = false;
      this.setHold(null);
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

function offsetIn(child: HTMLElement, scroller: HTMLElement): number {
  return child.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
}

export function prefersReducedMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
