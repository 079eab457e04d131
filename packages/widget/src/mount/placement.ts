import type { ChatKitOptions } from '@openai/chatkit';
import { newKey } from '../client/new-key.js';
import { launcherIcon } from './launcher-icon.js';

export type Placement = 'floating' | 'inline';

export interface Place {
  /** Holds the element. */
  box: HTMLElement;
  /** Options that the place needs: a way to close the panel. */
  options: (given: ChatKitOptions) => ChatKitOptions;
  /** The element is there, with what it was given. Until then, and when it does not come, the place has a way of its own. */
  setReady: () => void;
  open: () => void;
  close: () => void;
  remove: () => void;
}

const PHONE = '(max-width: 480px)';

/** In the page's own flow: as large as its container. */
export function inlinePlace(container: Element): Place {
  const box = document.createElement('div');
  Object.assign(box.style, { width: '100%', height: '100%' });
  container.append(box);
  return { box, options: (given) => given, setReady: () => undefined, open: () => undefined, close: () => undefined, remove: () => box.remove() };
}

/** In the corner, behind a button; all of the screen on a phone. */
export function floatingPlace(container: Element, title: string, onOpen: () => void): Place {
  const root = document.createElement('div');
  const box = document.createElement('div');
  const launcher = document.createElement('button');
  const sign = launcherIcon();
  const phone = matchMedia(PHONE);
  let isReady = false;
  let hasCloseButton = false;

  box.id = newKey();
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', title);
  launcher.type = 'button';
  launcher.setAttribute('aria-controls', box.id);
  launcher.append(sign.icon);
  const corner = { position: 'fixed', right: '20px', zIndex: '1000', boxShadow: '0 8px 32px rgb(0 0 0 / 0.3)' };
  Object.assign(box.style, { ...corner, overflow: 'hidden', background: 'Canvas' });
  Object.assign(launcher.style, { ...corner, width: '56px', height: '56px', border: '0', borderRadius: '50%', background: '#111', color: '#fff', padding: '0', cursor: 'pointer' });

  /** The element's header has the button that closes it; else the launcher stays in sight. */
  const closesItself = (): boolean => isReady && hasCloseButton;
  const layOut = (): void => {
    const closable = closesItself();
    const full = phone.matches;
    Object.assign(box.style, full
      ? { right: '0', bottom: '0', width: '100%', height: closable ? '100dvh' : 'calc(100dvh - 72px)', maxHeight: 'none', borderRadius: '0' }
      : { right: '20px', bottom: '20px', width: '400px', height: '600px', maxHeight: `calc(100vh - ${closable ? '40' : '112'}px)`, borderRadius: '16px' });
    launcher.style.bottom = !isOpen() || closable ? '20px' : full ? 'calc(100dvh - 64px)' : 'min(632px, calc(100vh - 68px))';
  };
  const isOpen = (): boolean => box.style.display !== 'none';
  const set = (open: boolean): void => {
    box.style.display = open ? 'block' : 'none';
    launcher.style.display = open && closesItself() ? 'none' : 'block';
    sign.show(open);
    launcher.setAttribute('aria-expanded', String(open));
    launcher.setAttribute('aria-label', `${open ? 'Close' : 'Open'} ${title}`);
    layOut();
  };
  const open = (): void => {
    if (isOpen()) return;
    set(true);
    onOpen();
  };
  const close = (): void => {
    if (!isOpen()) return;
    set(false);
    launcher.focus();
  };
  // On the document: until the element is there, nothing in the panel has the focus. Elsewhere on the page the key means something else.
  const onKey = ({ key, defaultPrevented }: KeyboardEvent): void => {
    const focused = document.activeElement;
    if (key === 'Escape' && !defaultPrevented && (focused === document.body || root.contains(focused))) close();
  };
  launcher.addEventListener('click', () => (isOpen() ? close() : open()));
  document.addEventListener('keydown', onKey);
  phone.addEventListener('change', layOut);
  set(false);
  root.append(box, launcher);
  container.append(root);

  return {
    box, open, close,
    options: (given) => {
      // The header is the element's own: its free button closes the panel.
      hasCloseButton = given.header?.enabled !== false && !given.header?.rightAction;
      set(isOpen());
      return hasCloseButton ? { ...given, header: { ...given.header, rightAction: { icon: 'close', onClick: close } } } : given;
    },
    setReady: () => {
      isReady = true;
      set(isOpen());
    },
    remove: () => {
      document.removeEventListener('keydown', onKey);
      phone.removeEventListener('change', layOut);
      root.remove();
    },
  };
}
