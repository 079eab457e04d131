export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads `#rgb`, `#rrggbb(aa)`, `rgb(...)` and `hsl(...)`; null for other notations. Channels are 0 to 255. */
export function parseColor(value: string): Rgb | null {
  const text = value.trim().toLowerCase();
  const hex = /^#([\da-f]{3,8})$/.exec(text)?.[1];
  if (hex) return parseHex(hex);
  const call = /^(rgb|hsl)a?\(([^)]*)\)$/.exec(text);
  if (!call) return null;
  const parts = (call[2] ?? '').split(/[\s,/]+/).filter(Boolean);
  const numbers = parts.slice(0, 3).map((part) => Number.parseFloat(part));
  if (numbers.length < 3 || numbers.some(Number.isNaN)) return null;
  const [first = 0, second = 0, third = 0] = numbers;
  if (call[1] === 'hsl') return fromHsl(first, second / 100, third / 100);
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

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [0, 1, 2].map((index) => (from[index] ?? 0) * (1 - share) + (to[index] ?? 0) * share) as unknown as Rgb;
}

/** The colour moved towards `target` in small steps until it stands out from the background by `ratio`. */
export function readableOn(color: Rgb, background: Rgb, target: Rgb, ratio: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(color, target, share);
    if (contrast(candidate, background) >= ratio) return candidate;
  }
  return target;
}

export function toCss(color: Rgb): string {
  return `rgb(${color.map((channel) => Math.round(channel)).join(' ')})`;
}
