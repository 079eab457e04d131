import { contrast, layered, lowestContrast, readableOn } from './color-contrast.js';
import type { Rgb } from './color-contrast.js';
import { mixInOklab } from './oklab.js';

/** The text contrast of WCAG 2 AA, with a little room for the rounding of what is mixed in the browser. */
const textRatio = 4.58;
const shapeRatio = 3.05;
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** Opacity of the tint of its own colour below a tag, its strongest use; the style sheets' tints are no stronger. */
const tagTint = 0.16;

export interface Basis {
  background: Rgb;
  foreground: Rgb;
  light: boolean;
  /** Opacity that tints of a colour of their own have: soft badges and buttons. */
  tint: number;
  accent?: { color: Rgb; level: number } | undefined;
}

/** How strong a tint may be, and how faint a text, so that everything can be read where it lies. */
export interface ReadablePalette {
  /** Shares of the foreground, 0 to 1, mixed into the background. */
  secondaryText: number;
  tertiaryText: number;
  strongBorder: number;
  secondarySurface: number;
  tertiarySurface: number;
  elevatedSurface: number;
  /** Share of the accent mixed into the tertiary surface. */
  bubble: number;
  /** Opacity of the foreground over a surface under the pointer. */
  hover: number;
  /** Opacity of the foreground below a soft badge or button without a colour of its own. */
  neutralTint: number;
  /** The colour moved until it can be read as a link, as a tag and on a tint of itself. */
  link: (color: Rgb) => Rgb;
  /** The colour moved until it can be seen as a line. */
  line: (color: Rgb) => Rgb;
  /** The colour moved until it can be read on surfaces, under the background's colour, and on its own tint. */
  tone: (color: Rgb) => Rgb;
}

/** The strongest tint, up to the wanted one, on which the text can still be read. */
function strongest(wanted: number, text: Rgb, ratio: number, surface: (share: number) => Rgb): number {
  for (let step = 10; step > 0; step -= 1) {
    if (contrast(text, surface((wanted * step) / 10)) >= ratio) return (wanted * step) / 10;
  }
  return 0;
}

/** The faintest text, down to the wanted share, that can be read on all grounds. */
function faintest(wanted: number, text: (share: number) => Rgb, grounds: readonly Rgb[], ratio: number): number {
  for (let share = wanted; share < 1; share += 0.02) if (lowestContrast(text(share), grounds) >= ratio) return share;
  return 1;
}

export function readablePalette({ background, foreground, light, tint, accent }: Basis): ReadablePalette {
  const mixed = (share: number): Rgb => mixInOklab(background, foreground, share);
  // A page whose own two colours are close to each other keeps them; then tints are weaker and nothing is fainter.
  const ratio = Math.min(textRatio, contrast(foreground, background) * 0.95);
  const surface = (wanted: number): number => strongest(wanted, foreground, ratio, mixed);
  const secondarySurface = surface(light ? 0.035 : 0.05);
  const tertiarySurface = surface(light ? 0.065 : 0.1);
  const elevatedSurface = light ? 0 : surface(0.07);
  const elevated = mixed(elevatedSurface);
  const tertiary = mixed(tertiarySurface);
  const bubbleOf = (share: number): Rgb => (accent ? mixInOklab(tertiary, accent.color, share) : tertiary);
  const bubble = strongest(accent ? accent.level * 0.07 : 0, foreground, ratio, bubbleOf);
  const over = (wanted: number): number => strongest(wanted, foreground, ratio, (opacity) => layered(elevated, foreground, opacity));
  const hover = over(light ? 0.06 : 0.09);
  const surfaces = [background, mixed(secondarySurface), tertiary, elevated];
  const hovered = [background, elevated].map((ground) => layered(ground, foreground, hover));
  const grounds = [...surfaces, ...hovered];
  const away = contrast(white, background) > contrast(black, background) ? white : black;
  const tinted = (candidate: Rgb, opacity: number, under: readonly Rgb[]): Rgb[] => under.map((ground) => layered(ground, candidate, opacity));
  const linkGrounds = [...grounds, bubbleOf(bubble)];
  return {
    secondaryText: faintest(light ? 0.72 : 0.74, mixed, grounds, ratio),
    tertiaryText: faintest(light ? 0.66 : 0.64, mixed, surfaces, ratio),
    strongBorder: faintest(0.52, mixed, surfaces, shapeRatio),
    secondarySurface,
    tertiarySurface,
    elevatedSurface,
    bubble,
    hover,
    neutralTint: over(tint),
    link: (color) => readableOn(color, (candidate) => [...linkGrounds, ...tinted(candidate, tagTint, [background, elevated, bubbleOf(bubble)])], away, textRatio),
    line: (color) => readableOn(color, () => linkGrounds, away, shapeRatio),
    tone: (color) => readableOn(color, (candidate) => [...surfaces, ...tinted(candidate, tint, [background, elevated])], away, textRatio),
  };
}
