import type { Command } from '@openai/chatkit';
import type { ChatController, OutgoingMessage } from '../controller/chat-controller.js';
import type { Emit } from '../controller/events.js';
import { toError } from '../controller/events.js';
import type { Translate } from '../locales/translate.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { Attachment, UserMessageContent } from '../protocol/item.js';
import { AttachmentTray } from './attachment-tray.js';
import { ComposerState } from './composer-state.js';
import { Dictation } from './dictation.js';
import type { Editor, Trigger } from './editor.js';
import { Suggestions, tagOf } from './suggestions.js';
import type { Suggestion } from './suggestions.js';

export interface ComposerHost {
  options: () => ResolvedOptions;
  controller: () => ChatController;
  translate: () => Translate;
  emit: Emit;
  changed: () => void;
}

export interface ComposerValue {
  text?: string | undefined;
  content?: UserMessageContent[] | undefined;
  reply?: string | undefined;
  attachments?: Attachment[] | undefined;
  files?: File[] | undefined;
  selectedToolId?: string | null | undefined;
  selectedModelId?: string | undefined;
}

/** Everything below the conversation: the draft, its files, menus and what sending does. */
export class ComposerController {
  readonly state: ComposerState;
  readonly tray: AttachmentTray;
  readonly suggestions: Suggestions;
  readonly dictation: Dictation;
  /** Which of the composer's own menus is open. */
  menu: 'tools' | 'models' | null = null;
  /** Said once to the reader: a refused file, a failed upload. */
  problem: string | null = null;
  dragging = false;
  private editor: Editor | null = null;

  constructor(private readonly host: ComposerHost) {
    const failed = (error: unknown): void => host.emit('chatkit.error', { error: toError(error) });
    const client = (): ChatController['client'] => host.controller().client;
    this.state = new ComposerState({
      options: host.options,
      toolChanged: (toolId) => host.emit('chatkit.tool.change', { toolId }),
      changed: host.changed,
      write: (content) => this.editor?.write(content),
    });
    this.tray = new AttachmentTray({
      options: host.options,
      client,
      changed: host.changed,
      refused: (problem, name) => {
        const t = host.translate();
        const count = host.options().attachments.maxCount;
        this.report({ too_large: t('fileTooLarge', { name }), too_many: t('tooManyFiles', { count }), not_accepted: t('fileNotAccepted', { name }) }[problem]);
      },
      failed: (error, name) => {
        this.report(name === undefined ? error.message : [host.translate()('uploadFailed', { name }), error.message].join(' '));
        failed(error);
      },
    });
    this.suggestions = new Suggestions({ search: (trigger) => this.search(trigger), changed: host.changed, failed });
    this.dictation = new Dictation({
      client,
      changed: host.changed,
      transcribed: (text) => this.insertText(this.state.isEmpty ? text : ` ${text}`),
      failed: (error) => {
        this.report(host.translate()('dictationFailed'));
        failed(error);
      },
    });
  }

  /** Called after every rendering: a composer that was away (closed thread) comes back with a new element. */
  attachTo(element: HTMLElement, create: (element: HTMLElement) => Editor): void {
    if (this.editor?.element === element) return;
    this.editor = create(element);
    if (this.state.draft.length > 0) this.editor.write(this.state.draft);
  }

  get canSend(): boolean {
    const { session } = this.host.controller();
    const hasContent = !this.state.isEmpty || this.tray.ready.length > 0;
    return hasContent && !session.busy && !session.loading && !this.tray.uploading && !this.tray.failed && (session.state.thread?.status?.type ?? 'active') === 'active';
  }

  async send(): Promise<void> {
    const { failed } = this.tray;
    // Enter is no button that could look disabled: it says what stands in the way.
    if (failed) this.report(this.host.translate()('uploadFailed', { name: failed.name }));
    if (!this.canSend) return;
    const { state, tray } = this;
    const message = {
      content: this.editor?.read() ?? state.draft,
      attachments: tray.ready,
      quote: state.quote,
      toolId: state.toolId ?? undefined,
      modelId: state.modelId,
    };
    this.problem = null;
    this.suggestions.close();
    state.reset();
    tray.clear();
    await this.host.controller().send(message);
  }

  /** `setComposerValue`: sets what is given and leaves the rest. */
  async setValue(value: ComposerValue): Promise<void> {
    const content = value.content ?? (value.text === undefined ? undefined : [{ type: 'input_text' as const, text: value.text }]);
    if (content) {
      this.editor?.write(content);
      this.state.setDraft(content);
    }
    if (value.reply !== undefined) this.state.setQuote(value.reply === '' ? undefined : value.reply);
    if (value.selectedToolId !== undefined) this.state.selectTool(value.selectedToolId);
    if (value.selectedModelId !== undefined) this.state.selectModel(value.selectedModelId);
    if (value.attachments) this.tray.set(value.attachments);
    if (value.files) await this.tray.add(value.files);
  }

  /** Puts a message that wasn't taken back, before whatever was written since. */
  takeBack({ content, attachments, quote, toolId }: OutgoingMessage): void {
    const { state } = this;
    const written = this.editor?.read() ?? state.draft;
    const whole: UserMessageContent[] = written.length > 0 ? [...content, { type: 'input_text', text: '\n' }, ...written] : [...content];
    this.editor?.write(whole);
    state.setDraft(whole);
    if (quote && !state.quote) state.setQuote(quote);
    if (toolId && state.toolId === null) state.selectTool(toolId);
    this.tray.takeBack(attachments);
  }

  /** Called when the reader typed, pasted or moved the caret. */
  edited(): void {
    if (!this.editor) return;
    this.state.setDraft(this.editor.read());
    this.followCaret();
  }

  followCaret(): void {
    void this.suggestions.update(this.editor?.trigger() ?? null);
  }

  insertText(text: string): void {
    this.editor?.focus();
    this.editor?.insertText(text);
    this.edited();
  }

  focus(): void {
    this.editor?.focus();
  }

  setMenu(menu: ComposerController['menu']): void {
    this.menu = menu;
    this.host.changed();
  }

  setDragging(dragging: boolean): void {
    if (this.dragging === dragging) return;
    this.dragging = dragging;
    this.host.changed();
  }

  report(problem: string | null): void {
    this.problem = problem;
    this.host.changed();
  }

  private search(trigger: Trigger): Promise<Suggestion[]> | null {
    const { entities, commands, composer } = this.host.options().raw;
    if (trigger.sign === '@') {
      const find = entities?.onTagSearch;
      if (!find) return null;
      return find(trigger.query).then((found) =>
        found.map((entity) => ({ id: entity.id, label: entity.title, icon: entity.icon, group: entity.group, entity, choose: () => this.insertEntity(entity) })),
      );
    }
    if (!commands?.enabled) return null;
    const query = trigger.query.toLowerCase();
    const builtIn = (composer?.tools ?? [])
      .filter((tool) => tool.label.toLowerCase().includes(query))
      .map(
        (tool): Suggestion => ({
          id: `tool-${tool.id}`,
          label: tool.label,
          icon: tool.icon,
          group: this.host.translate()('tools'),
          choose: () => {
            this.dropTrigger();
            this.state.selectTool(tool.id);
          },
        }),
      );
    const own = commands.onSearch?.(trigger.query) ?? Promise.resolve([]);
    return own.then((found) => [...found.map((command) => this.commandSuggestion(command)), ...builtIn]);
  }

  private commandSuggestion(command: Command): Suggestion {
    return {
      id: command.id,
      label: command.label,
      description: command.description,
      icon: command.icon,
      group: command.group,
      choose: () => void this.runCommand(command),
    };
  }

  private async runCommand(command: Command): Promise<void> {
    try {
      const selection = await this.host.options().raw.commands?.onSelect?.(command);
      if (selection?.type === 'menu') this.suggestions.show(selection.commands.map((entry) => this.commandSuggestion(entry)));
      else if (selection?.type === 'entity') this.insertEntity(selection.entity);
      else this.dropTrigger();
    } catch (error) {
      this.dropTrigger();
      this.host.emit('chatkit.error', { error: toError(error) });
    }
  }

  private insertEntity(entity: Parameters<typeof tagOf>[0]): void {
    const { trigger } = this.suggestions;
    this.suggestions.close();
    this.editor?.focus();
    this.editor?.insertTag(tagOf(entity), trigger?.range);
    this.edited();
  }

  private dropTrigger(): void {
    const { trigger } = this.suggestions;
    this.suggestions.close();
    if (trigger) this.editor?.removeTrigger(trigger);
    this.edited();
  }
}
