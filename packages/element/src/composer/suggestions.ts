import type { Entity } from '@openai/chatkit';
import type { Trigger } from './editor.js';

/** One line of the menu above the composer. */
export interface Suggestion {
  id: string;
  label: string;
  description?: string | undefined;
  icon?: string | undefined;
  group?: string | undefined;
  entity?: Entity | undefined;
  choose: () => void;
}

export interface SuggestionsHost {
  /** Finds what to suggest for a trigger; null when this trigger means nothing here. */
  search: (trigger: Trigger) => Promise<Suggestion[]> | null;
  changed: () => void;
  failed: (error: unknown) => void;
}

/** The menu that follows `@` and `/`: what it shows and which line is active. */
export class Suggestions {
  list: Suggestion[] = [];
  trigger: Trigger | null = null;
  active = 0;
  loading = false;
  private generation = 0;

  constructor(private readonly host: SuggestionsHost) {}

  get open(): boolean {
    return this.trigger !== null && (this.loading || this.list.length > 0 || this.trigger.query !== '');
  }

  /** Called whenever text or caret may have changed. */
  async update(trigger: Trigger | null): Promise<void> {
    const search = trigger ? this.host.search(trigger) : null;
    if (!trigger || !search) return this.close();
    this.generation += 1;
    const { generation } = this;
    const fresh = this.trigger?.sign !== trigger.sign;
    this.trigger = trigger;
    if (fresh) this.list = [];
    this.loading = true;
    this.host.changed();
    try {
      const list = await search;
      if (generation === this.generation) this.show(list);
    } catch (error) {
      if (generation !== this.generation) return;
      this.close();
      this.host.failed(error);
    }
  }

  /** Replaces the lines, for a command that leads to a further menu. */
  show(list: Suggestion[]): void {
    this.list = grouped(list);
    this.active = 0;
    this.loading = false;
    this.host.changed();
  }

  close(): void {
    this.generation += 1;
    if (this.trigger === null) return;
    this.trigger = null;
    this.list = [];
    this.loading = false;
    this.host.changed();
  }

  move(step: number): void {
    if (this.list.length === 0) return;
    this.active = (this.active + step + this.list.length) % this.list.length;
    this.host.changed();
  }

  chooseActive(): boolean {
    const suggestion = this.list[this.active];
    suggestion?.choose();
    return suggestion !== undefined;
  }
}

/** Keeps lines of one group together, in the order the groups first appear. */
function grouped(list: readonly Suggestion[]): Suggestion[] {
  const groups = new Map<string, Suggestion[]>();
  for (const suggestion of list) {
    const key = suggestion.group ?? '';
    groups.set(key, [...(groups.get(key) ?? []), suggestion]);
  }
  return [...groups.values()].flat();
}

export function tagOf(entity: Entity): { type: 'input_tag'; id: string; text: string; data: Record<string, string>; group?: string; interactive?: boolean } {
  return {
    type: 'input_tag',
    id: entity.id,
    text: entity.title,
    data: entity.data ?? {},
    ...(entity.group === undefined ? {} : { group: entity.group }),
    ...(entity.interactive === undefined ? {} : { interactive: entity.interactive }),
  };
}
