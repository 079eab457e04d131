import { copyToClipboard } from './copy-to-clipboard.js';

/** What the reader opened, copied or points at: never sent, gone with the element. */
export class UiState {
  private readonly opened = new Map<string, boolean>();
  private readonly versions = new Map<string, number>();
  private copiedKey: string | null = null;
  private copiedTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  /** Changes whenever something of this item does; part of what decides whether it is rendered again. */
  version(itemId: string): number {
    return this.versions.get(itemId) ?? 0;
  }

  isOpen(itemId: string, part: string, fallback = false): boolean {
    return this.opened.get(`${itemId}/${part}`) ?? fallback;
  }

  openedParts(itemId: string): ReadonlySet<string> {
    const prefix = `${itemId}/`;
    const parts = [...this.opened].filter(([key, open]) => open && key.startsWith(prefix));
    return new Set(parts.map(([key]) => key.slice(prefix.length)));
  }

  setOpen(itemId: string, part: string, open: boolean): void {
    this.opened.set(`${itemId}/${part}`, open);
    this.touch(itemId);
  }

  touch(itemId: string): void {
    this.versions.set(itemId, this.version(itemId) + 1);
    this.changed();
  }

  isCopied(itemId: string): boolean {
    return this.copiedKey === itemId;
  }

  async copy(itemId: string, text: string): Promise<void> {
    await copyToClipboard(text);
    clearTimeout(this.copiedTimer);
    const before = this.copiedKey;
    this.copiedKey = itemId;
    if (before !== null) this.touch(before);
    this.touch(itemId);
    this.copiedTimer = setTimeout(() => {
      this.copiedKey = null;
      this.touch(itemId);
    }, 2000);
  }
}
