import { parseColor, toCss } from './color-contrast.js';
import type { Rgb } from './color-contrast.js';

/** Makes a colour readable as text, also on a tint of itself. */
export type MakeReadable = (color: Rgb) => Rgb;

/** Status, code and chart colours. The first two are read as text: moved where the scheme's surfaces ask for it. */
export function statusColors(light: boolean, readable: MakeReadable): Record<string, string> {
  const plain = (lightness: number, hue: number, chroma: number): string => `oklch(${lightness} ${chroma} ${hue})`;
  const tone = (hue: number, chroma: number): string => {
    const wanted = plain(light ? 0.48 : 0.78, hue, chroma);
    const color = parseColor(wanted);
    if (!color) return wanted;
    const moved = readable(color);
    return moved.every((channel, index) => Math.abs(channel - (color[index] ?? 0)) < 0.5) ? wanted : toCss(moved);
  };
  const chart = (hue: number, chroma: number): string => plain(light ? 0.6 : 0.7, hue, chroma);
  return {
    '--success': tone(150, light ? 0.12 : 0.15),
    '--warning': tone(65, light ? 0.11 : 0.14),
    '--caution': tone(85, light ? 0.1 : 0.14),
    '--danger': tone(27, light ? 0.19 : 0.14),
    '--info': tone(255, light ? 0.17 : 0.12),
    '--discovery': tone(300, light ? 0.19 : 0.14),
    '--chart-blue': chart(255, 0.17),
    '--chart-purple': chart(300, 0.17),
    '--chart-orange': chart(55, 0.16),
    '--chart-green': chart(150, 0.14),
    '--chart-red': chart(25, 0.19),
    '--chart-yellow': chart(90, 0.15),
    '--chart-pink': chart(350, 0.18),
    '--code-keyword': tone(300, 0.16),
    '--code-string': tone(150, 0.11),
    '--code-number': tone(50, 0.12),
    '--code-title': tone(255, 0.14),
    '--code-comment': 'var(--text-secondary)',
  };
}
