import type { ResolvedOptions } from '../options/resolve-options.js';
import type { UserMessageContent } from '../protocol/item.js';

export interface ComposerStateHost {
  options: () => ResolvedOptions;
  toolChanged: (toolId: string | null) => void;
  changed: () => void;
  /** Puts content into the editor; the editor reports it back as the draft. */
  write: (content: readonly UserMessageContent[]) => void;
}

/** The draft and what is chosen for it: tool, model, quoted text. */
export class ComposerState {
  draft: UserMessageContent[] = [];
  quote: string | undefined;
  toolId: string | null = null;
  private chosenModel: string | undefined;

  constructor(private readonly host: ComposerStateHost) {}

  get modelId(): string | undefined {
    const models = (this.host.options().raw.composer?.models ?? []).filter((model) => !model.disabled);
    const chosen = models.find((model) => model.id === this.chosenModel);
    return (chosen ?? models.find((model) => model.default) ?? models[0])?.id;
  }

  get isEmpty(): boolean {
    return !this.draft.some((part) => part.type === 'input_tag' || part.text.trim() !== '');
  }

  setDraft(content: UserMessageContent[]): void {
    this.draft = content;
    this.host.changed();
  }

  setQuote(text: string | undefined): void {
    this.quote = text;
    this.host.changed();
  }

  selectTool(toolId: string | null): void {
    const tools = this.host.options().raw.composer?.tools ?? [];
    const next = tools.some((tool) => tool.id === toolId) ? toolId : null;
    if (next === this.toolId) return;
    this.toolId = next;
    this.host.toolChanged(next);
    this.host.changed();
  }

  selectModel(modelId: string): void {
    this.chosenModel = modelId;
    this.host.changed();
  }

  /** After sending: the text goes, a tool stays only if it is persistent. */
  reset(): void {
    this.draft = [];
    this.quote = undefined;
    this.host.write([]);
    const tool = this.host.options().raw.composer?.tools?.find((candidate) => candidate.id === this.toolId);
    if (!tool?.persistent) this.selectTool(null);
    this.host.changed();
  }
}
