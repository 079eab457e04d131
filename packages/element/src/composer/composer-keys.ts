import type { ComposerController } from './composer-controller.js';

/** Safari ends a composition before it tells of the Enter that confirmed it; only this old code still says whose key it was. */
const keyOfInputMethod = 229;

/** Keys in the editor: the menu's while one is open, else Enter sends and Shift+Enter breaks the line. */
export function handleKey(event: KeyboardEvent, composer: ComposerController): void {
  if (event.isComposing || event.keyCode === keyOfInputMethod) return;
  const { suggestions } = composer;
  if (suggestions.open && handleMenuKey(event, composer)) {
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    void composer.send();
  }
}

function handleMenuKey(event: KeyboardEvent, { suggestions }: ComposerController): boolean {
  switch (event.key) {
    case 'ArrowDown':
      suggestions.move(1);
      return true;
    case 'ArrowUp':
      suggestions.move(-1);
      return true;
    case 'Enter':
    case 'Tab':
      return !event.shiftKey && suggestions.chooseActive();
    case 'Escape':
      suggestions.close();
      return true;
    default:
      return false;
  }
}

/** Pasted files become attachments; pasted text stays text, without its formatting. */
export function pasted(event: ClipboardEvent, composer: ComposerController, takesFiles: boolean): void {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0 && takesFiles) {
    event.preventDefault();
    void composer.tray.add(files);
    return;
  }
  if ((event.currentTarget as HTMLElement).contentEditable === 'plaintext-only') return;
  event.preventDefault();
  composer.insertText(event.clipboardData?.getData('text/plain') ?? '');
}
