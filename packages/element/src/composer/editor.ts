import type { UserMessageContent } from '../protocol/item.js';
import { trimContent } from './trim-content.js';

type Tag = Extract<UserMessageContent, { type: 'input_tag' }>;

/** A trigger before the caret: `@que` or `/que`, and where it stands. */
export interface Trigger {
  sign: '@' | '/';
  query: string;
  range: Range;
}

/** Text with tags in an editable element: reads it, writes it, and finds what is being typed. */
export class Editor {
  private readonly tags = new WeakMap<Element, Tag>();

  constructor(readonly element: HTMLElement) {
    // Where the browser only knows full rich text, formatting is refused on paste instead.
    element.contentEditable = 'plaintext-only';
    if (element.contentEditable !== 'plaintext-only') element.contentEditable = 'true';
  }

  read(): UserMessageContent[] {
    return trimContent(this.readNodes(this.element, true));
  }

  write(content: readonly UserMessageContent[]): void {
    this.element.replaceChildren(...content.map((part) => (part.type === 'input_tag' ? this.createTag(part) : document.createTextNode(part.text))));
  }

  /** Puts text where the caret is, or at the end. */
  insertText(text: string): void {
    this.insertNode(document.createTextNode(text));
  }

  /** Puts a tag where the trigger stands, with a space to go on typing. */
  insertTag(tag: Tag, range?: Range): void {
    range?.deleteContents();
    if (range) this.select(range);
    this.insertNode(this.createTag(tag));
    this.insertNode(document.createTextNode('\u00A0'));
  }

  removeTrigger(trigger: Trigger): void {
    trigger.range.deleteContents();
    this.select(trigger.range);
  }

  focus(): void {
    this.element.focus();
    const selection = this.selection();
    if (selection && this.element.contains(selection.anchorNode)) return;
    const range = document.createRange();
    range.selectNodeContents(this.element);
    range.collapse(false);
    this.select(range);
  }

  /** What stands between a trigger sign and the caret, if the caret is right behind such a word. */
  trigger(): Trigger | null {
    const caret = this.caret();
    if (!caret || caret.startContainer.nodeType !== Node.TEXT_NODE) return null;
    const before = (caret.startContainer.textContent ?? '').slice(0, caret.startOffset);
    const match = /(^|[\s\u00A0])([@/])([^\s@/\u00A0]*)$/.exec(before);
    if (!match) return null;
    const query = match[3] ?? '';
    const range = document.createRange();
    range.setStart(caret.startContainer, caret.startOffset - query.length - 1);
    range.setEnd(caret.startContainer, caret.startOffset);
    return { sign: match[2] as '@' | '/', query, range };
  }

  private caret(): Range | null {
    const selection = this.selection();
    if (!selection || selection.rangeCount === 0) return null;
    const root = this.element.getRootNode();
    // Safari and newer engines tell positions inside a shadow root only through composed ranges.
    if ('getComposedRanges' in selection && root instanceof ShadowRoot) {
      const [composed] = composedRanges(selection, root);
      if (composed && this.element.contains(composed.startContainer)) {
        const range = document.createRange();
        range.setStart(composed.startContainer, composed.startOffset);
        return range;
      }
    }
    const range = selection.getRangeAt(0);
    return this.element.contains(range.startContainer) ? range.cloneRange() : null;
  }

  private selection(): Selection | null {
    const root = this.element.getRootNode() as ShadowRoot & { getSelection?: () => Selection | null };
    return root.getSelection?.() ?? document.getSelection();
  }

  private select(range: Range): void {
    const selection = this.selection();
    selection?.removeAllRanges();
    selection?.addRange(range);
  }

  private insertNode(node: Node): void {
    const range = this.caret() ?? endOf(this.element);
    range.deleteContents();
    range.insertNode(node);
    const after = document.createRange();
    // Inside the text, where typing goes on and a trigger can be read back.
    if (node instanceof Text) after.setStart(node, node.length);
    else after.setStartAfter(node);
    this.select(after);
  }

  private createTag(tag: Tag): HTMLElement {
    const element = document.createElement('span');
    element.className = 'tag';
    element.contentEditable = 'false';
    element.textContent = tag.text;
    element.dataset['tag'] = tag.id;
    this.tags.set(element, tag);
    return element;
  }

  private readNodes(parent: Node, top: boolean): UserMessageContent[] {
    return [...parent.childNodes].flatMap((node): UserMessageContent[] => {
      if (node instanceof HTMLElement) {
        const tag = this.tags.get(node);
        if (tag) return [tag];
        if (node.tagName === 'BR') return [{ type: 'input_text', text: '\n' }];
        const inner = this.readNodes(node, false);
        // Browsers without plain-text editing wrap lines in blocks.
        return top && node.tagName === 'DIV' ? [{ type: 'input_text', text: '\n' }, ...inner] : inner;
      }
      return [{ type: 'input_text', text: (node.textContent ?? '').replaceAll('\u00A0', ' ') }];
    });
  }
}

function composedRanges(selection: Selection, root: ShadowRoot): StaticRange[] {
  return (selection as Selection & { getComposedRanges: (options: { shadowRoots: ShadowRoot[] }) => StaticRange[] }).getComposedRanges({ shadowRoots: [root] });
}

function endOf(element: Element): Range {
  const range = document.createRange();
  range.selectNodeContents(element);
  range.collapse(false);
  return range;
}
