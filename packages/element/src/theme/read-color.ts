import { parseColor } from './color-contrast.js';
import type { Rgb } from './color-contrast.js';

let canvas: CanvasRenderingContext2D | null | undefined;

/** A CSS colour as numbers, names included; null for notations that can't be read here. */
export function readColor(value: string): Rgb | null {
  const known = parseColor(value);
  if (known) return known;
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return null;
  // A canvas writes names and the older notations as #rrggbb.
  canvas.fillStyle = value;
  return parseColor(canvas.fillStyle);
}
