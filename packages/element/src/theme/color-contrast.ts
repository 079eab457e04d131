import { fromOklab } from './oklab.js';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads `#rgb`, `#rrggbb(aa)`, `rgb(...)`, `hsl(...)` and `oklch(...)`; null for other notations. Channels are 0 to 255. */
export function parseColor(value: string): Rgb | null {
  const text = value.trim().toLowerCase();
  const hex = /^#([\da-f]{3,8})$/.exec(text)?.[1];
  if (hex) return parseHex(hex);
  const call = /^(rgba?|hsla?|oklch)\(([^)]*)\)$/.exec(text);
  if (!call) return null;
  const parts = (call[2] ?? '').split(/[\s,/]+/).filter(Boolean);
  const numbers = parts.slice(0, 3).map((part) => Number.parseFloat(part));
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return null;
  const [first = 0, second = 0, third = 0] = numbers;
  if (call[1] === 'oklch') return fromOklch(parts[0]?.endsWith('%') ? first / 100 : first, parts[1]?.endsWith('%') ? second * 0.004 : second, third);
  if (call[1]?.startsWith('hsl')) return fromHsl(first, second / 100, third / 100);
  const scale = parts[0]?.endsWith('%') ? 2.55 : 1;
  return [first * scale, second * scale, third * scale];
}

function parseHex(hex: string): Rgb | null {
  const short = hex.length === 3 || hex.length === 4;
  if (!short && hex.length !== 6 && hex.length !== 8) return null;
  const channel = (index: number): number => {
    const digits = short ? (hex[index] ?? '0').repeat(2) : hex.slice(index * 2, index * 2 + 2);
    return Number.parseInt(digits, 16);
  };
  return [channel(0), channel(1), channel(2)];
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const amount = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const position = (offset + hue / 30) % 12;
    return 255 * (lightness - amount * Math.max(-1, Math.min(position - 3, 9 - position, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180;
  return fromOklab([lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]);
}

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
export function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio as WCAG 2 defines it, 1 to 21. */
export function contrast(first: Rgb, second: Rgb): number {
  const lighter = Math.max(luminance(first), luminance(second));
  const darker = Math.min(luminance(first), luminance(second));
  return (lighter + 0.05) / (darker + 0.05);
}

/** What is seen where a colour of this opacity (0 to 1) lies on another. */
export function layered(base: Rgb, color: Rgb, opacity: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => base[index] * (1 - opacity) + color[index] * opacity;
  return [channel(0), channel(1), channel(2)];
}

/** The lowest contrast of a colour with what it may lie on. */
export function lowestContrast(color: Rgb, grounds: readonly Rgb[]): number {
  return Math.min(...grounds.map((ground) => contrast(color, ground)));
}

/**
 * The colour moved towards `target` in small steps until it stands out by `ratio` from all it lies on, tints of
 * itself among them.
 */
export function readableOn(color: Rgb, grounds: (candidate: Rgb) => readonly Rgb[], target: Rgb, ratio: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = layered(color, target, share);
    if (lowestContrast(candidate, grounds(candidate)) >= ratio) return candidate;
  }
  return target;
}

export function toCss(color: Rgb): string {
  return `rgb(${color.map((channel) => Math.round(channel)).join(' ')})`;
}
