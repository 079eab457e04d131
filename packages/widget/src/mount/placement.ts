import type { ChatKitOptions } from '@openai/chatkit';

export type Placement = 'floating' | 'inline';

export interface Place {
  /** Holds the element. */
  box: HTMLElement;
  /** Options that the place needs: a way to close the panel. */
  options: (given: ChatKitOptions) => ChatKitOptions;
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
  return { box, options: (given) => given, open: () => undefined, close: () => undefined, remove: () => box.remove() };
}

/** In the corner, behind a button; all of the screen on a phone. */
export function floatingPlace(container: Element, title: string, onOpen: () => void): Place {
  const root = document.createElement('div');
  const box = document.createElement('div');
  const launcher = document.createElement('button');
  const phone = matchMedia(PHONE);
  let closable = true;

  box.id = `chatkit-${String(document.querySelectorAll('[data-chatkit-panel]').length + 1)}`;
  box.dataset['chatkitPanel'] = '';
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', title);
  launcher.type = 'button';
  launcher.setAttribute('aria-controls', box.id);
  launcher.textContent = '💬';
  const corner = { position: 'fixed', right: '20px', bottom: '20px', zIndex: '1000' };
  Object.assign(box.style, { ...corner, boxShadow: '0 12px 40px rgb(0 0 0 / 0.25)', background: 'Canvas' });
  Object.assign(launcher.style, { ...corner, width: '56px', height: '56px', border: '0', borderRadius: '50%', background: '#111', color: '#fff', font: '24px/1 system-ui, sans-serif', cursor: 'pointer', boxShadow: '0 4px 16px rgb(0 0 0 / 0.3)' });

  const layOut = (): void => {
    const full = phone.matches;
    Object.assign(box.style, full
      ? { right: '0', bottom: '0', width: '100%', height: closable ? '100dvh' : 'calc(100dvh - 72px)', maxHeight: 'none', borderRadius: '0' }
      : { right: '20px', bottom: '20px', width: '400px', height: '600px', maxHeight: `calc(100vh - ${closable ? '40' : '112'}px)`, borderRadius: '16px' });
    box.style.overflow = 'hidden';
    launcher.style.bottom = !isOpen() || closable ? '20px' : full ? 'calc(100dvh - 64px)' : 'min(632px, calc(100vh - 68px))';
  };
  const isOpen = (): boolean => !box.hidden;
  const set = (open: boolean): void => {
    box.hidden = !open;
    box.style.display = open ? 'block' : 'none';
    launcher.hidden = open && closable;
    launcher.style.display = launcher.hidden ? 'none' : 'block';
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
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key === 'Escape') close();
  };
  launcher.addEventListener('click', () => (isOpen() ? close() : open()));
  box.addEventListener('keydown', onKey);
  phone.addEventListener('change', layOut);
  set(false);
  root.append(box, launcher);
  container.append(root);

  return {
    box, open, close,
    options: (given) => {
      // The header is the element's own: its free button closes the panel, and only where there is none the launcher stays in sight.
      closable = given.header?.enabled !== false && !given.header?.rightAction;
      set(isOpen());
      return closable ? { ...given, header: { ...given.header, rightAction: { icon: 'close', onClick: close } } } : given;
    },
    remove: () => {
      phone.removeEventListener('change', layOut);
      root.remove();
    },
  };
}
