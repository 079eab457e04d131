import { isObject, listOf, optionalString, stringOr } from '../protocol/json.js';
import type { WidgetNode } from '../protocol/widget.js';

export interface ChartSeries {
  type: 'bar' | 'area' | 'line';
  label: string;
  dataKey: string;
  color: unknown;
  stack: string | undefined;
  curve: string;
  values: number[];
}

export interface ChartData {
  labels: string[];
  series: ChartSeries[];
  showXAxis: boolean;
}

const mostPoints = 500;

/** Reads a Chart node; values that aren't numbers count as 0. */
export function readChart(node: WidgetNode): ChartData {
  const rows = listOf<unknown>(node['data']).filter(isObject).slice(0, mostPoints);
  const axis = node['xAxis'];
  const axisKey = isObject(axis) ? stringOr(axis['dataKey'], '') : stringOr(axis, '');
  const names = isObject(axis) && isObject(axis['labels']) ? axis['labels'] : {};
  const labels = rows.map((row) => {
    const cell = row[axisKey];
    const value = typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
    return Object.hasOwn(names, value) ? String(names[value]) : value;
  });
  const series = listOf<unknown>(node['series'])
    .filter(isObject)
    .map((entry): ChartSeries => {
      const dataKey = stringOr(entry['dataKey'], '');
      const type = entry['type'];
      return {
        type: type === 'area' || type === 'line' ? type : 'bar',
        label: optionalString(entry['label']) ?? dataKey,
        dataKey,
        color: entry['color'],
        stack: optionalString(entry['stack']),
        curve: stringOr(entry['curveType'], 'natural'),
        values: rows.map((row) => toNumber(row[dataKey])),
      };
    });
  return { labels, series, showXAxis: !(isObject(axis) && axis['hide'] === true) };
}

function toNumber(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

/** Round numbers that span the values, zero included, about five of them. */
export function axisTicks(low: number, high: number): number[] {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high);
  const rough = (top - bottom || 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 2.5, 5, 10].find((factor) => rough <= factor * magnitude) ?? 10);
  const ticks: number[] = [];
  for (let tick = Math.floor(bottom / step); tick <= Math.ceil(top / step); tick += 1) ticks.push(Number((tick * step).toPrecision(12)));
  return ticks;
}

/** Stacked series start where the one below ends; others start at zero. One [from, to] a value. */
export function stackSeries(series: readonly ChartSeries[]): (readonly [from: number, to: number])[][] {
  const sums = new Map<string, number[]>();
  return series.map((entry) => {
    if (entry.stack === undefined || entry.type === 'line') return entry.values.map((value) => [0, value] as const);
    const key = `${entry.type}:${entry.stack}`;
    const below = sums.get(key) ?? entry.values.map(() => 0);
    const ranges = entry.values.map((value, index) => [below[index] ?? 0, (below[index] ?? 0) + value] as const);
    sums.set(
      key,
      ranges.map(([, to]) => to),
    );
    return ranges;
  });
}

export type Point = readonly [x: number, y: number];

/** SVG path through the points: straight, stepped, or smooth without overshooting. */
export function linePath(points: readonly Point[], curve: string): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${format(first)}`;
  let previous = first;
  for (const point of rest) {
    const middle = (previous[0] + point[0]) / 2;
    if (curve === 'step') path += `H${round(middle)}V${round(point[1])}H${round(point[0])}`;
    else if (curve === 'stepBefore') path += `V${round(point[1])}H${round(point[0])}`;
    else if (curve === 'stepAfter') path += `H${round(point[0])}V${round(point[1])}`;
    else if (curve.startsWith('linear')) path += `L${format(point)}`;
    else path += `C${format([middle, previous[1]])} ${format([middle, point[1]])} ${format(point)}`;
    previous = point;
  }
  return curve.endsWith('Closed') ? `${path}Z` : path;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function format([x, y]: Point): string {
  return `${round(x)},${round(y)}`;
}
