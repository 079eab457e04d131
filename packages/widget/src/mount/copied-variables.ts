import type { ThemeOption } from '@openai/chatkit';
import { warnOnPage } from '../options/page-warning.js';

/** `--ck-*` variables reach nothing: the element is a frame of another origin. Those that name a theme option become one. */
export function themeFromCopiedVariables(element: HTMLElement): ThemeOption {
  const names = variableNames(element);
  if (names.length === 0) return {};
  const style = getComputedStyle(element);
  const value = (pattern: RegExp): string | undefined => {
    const name = names.find((candidate) => pattern.test(candidate));
    const text = name === undefined ? '' : style.getPropertyValue(name).trim();
    return text === '' ? undefined : text;
  };
  const accent = value(/accent|primary/);
  const background = value(/background|surface|-bg/);
  const foreground = value(/foreground|text-color|color-text|-text$|-fg/);
  const fontFamily = value(/font-family|font$/);
  warnOnPage(`CSS variables don't reach the element: ${names.join(', ')}. Colours and fonts are options: accent, or official.theme.color and official.theme.typography.`);
  const color = {
    ...(accent === undefined ? {} : { accent: { primary: accent, level: 1 as const } }),
    ...(background !== undefined && foreground !== undefined ? { surface: { background, foreground } } : {}),
  };
  return { ...(Object.keys(color).length > 0 ? { color } : {}), ...(fontFamily === undefined ? {} : { typography: { fontFamily } }) };
}

function variableNames(element: HTMLElement): string[] {
  const found = new Set<string>();
  const look = (style: CSSStyleDeclaration): void => {
    for (const name of style) if (name.startsWith('--ck-')) found.add(name);
  };
  for (let place: HTMLElement | null = element; place; place = place.parentElement) look(place.style);
  for (const sheet of document.styleSheets) {
    try {
      for (const rule of sheet.cssRules) if (rule instanceof CSSStyleRule && element.closest(rule.selectorText)) look(rule.style);
    } catch {
      // A sheet of another origin can't be read, or a selector is not one for `closest`.
    }
  }
  return [...found];
}
