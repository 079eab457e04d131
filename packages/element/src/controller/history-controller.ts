import type { ChatKitClient } from '../api/chatkit-client.js';
import type { Thread } from '../protocol/thread.js';
import { listOf } from '../protocol/json.js';
import type { Emit } from './events.js';
import { toError } from './events.js';

export interface HistoryHost {
  client: () => ChatKitClient;
  emit: Emit;
  changed: () => void;
  deleted: (threadId: string) => void;
  renamed: (thread: Thread) => void;
}

export const historyPageSize = 30;

/** The list of past threads: open and closed, paged, renamed, deleted. */
export class HistoryController {
  open = false;
  threads: Thread[] = [];
  hasMore = false;
  loading = false;
  failed = false;
  /** The thread whose title is being edited, or whose deletion waits for a yes. */
  editing: { threadId: string; mode: 'rename' | 'delete' } | null = null;
  private after: string | undefined;
  private generation = 0;

  constructor(private readonly host: HistoryHost) {}

  async show(): Promise<void> {
    if (!this.open) {
      this.open = true;
      this.host.emit('chatkit.history.open');
    }
    await this.reload();
  }

  hide(): void {
    if (!this.open) return;
    this.open = false;
    this.editing = null;
    this.host.emit('chatkit.history.close');
    this.host.changed();
  }

  async reload(): Promise<void> {
    this.generation += 1;
    this.after = undefined;
    await this.loadPage(true);
  }

  async loadMore(): Promise<void> {
    if (this.hasMore && !this.loading) await this.loadPage(false);
  }

  edit(editing: HistoryController['editing']): void {
    this.editing = editing;
    this.host.changed();
  }

  async rename(threadId: string, title: string): Promise<void> {
    this.editing = null;
    const trimmed = title.trim();
    const before = this.threads.find((thread) => thread.id === threadId);
    this.host.changed();
    if (!before || !trimmed || trimmed === before.title) return;
    this.replace({ ...before, title: trimmed });
    try {
      this.host.renamed(await this.host.client().call('threads.update', { thread_id: threadId, title: trimmed }));
    } catch (error) {
      this.replace(before);
      this.report(error);
    }
  }

  async remove(threadId: string): Promise<void> {
    this.editing = null;
    const before = this.threads;
    this.threads = before.filter((thread) => thread.id !== threadId);
    this.host.changed();
    try {
      await this.host.client().call('threads.delete', { thread_id: threadId });
      this.host.deleted(threadId);
    } catch (error) {
      this.threads = before;
      this.report(error);
    }
  }

  private async loadPage(fresh: boolean): Promise<void> {
    const { generation } = this;
    this.loading = true;
    this.failed = false;
    this.host.changed();
    try {
      const page = await this.host.client().call('threads.list', {
        limit: historyPageSize,
        order: 'desc',
        ...(this.after === undefined ? {} : { after: this.after }),
      });
      if (generation !== this.generation) return;
      const threads = listOf<Thread>(page.data);
      const known = new Set(fresh ? [] : this.threads.map((thread) => thread.id));
      this.threads = [...(fresh ? [] : this.threads), ...threads.filter((thread) => !known.has(thread.id))];
      this.hasMore = page.has_more === true && page.after !== undefined && page.after !== this.after;
      this.after = page.after;
    } catch (error) {
      if (generation !== this.generation) return;
      this.failed = true;
      this.report(error);
    } finally {
      if (generation === this.generation) {
        this.loading = false;
        this.host.changed();
      }
    }
  }

  private replace(thread: Thread): void {
    this.threads = this.threads.map((entry) => (entry.id === thread.id ? thread : entry));
    this.host.changed();
  }

  private report(error: unknown): void {
    this.host.emit('chatkit.error', { error: toError(error) });
    this.host.changed();
  }
}
