import { expect, it } from 'vitest';
import { loadingBehavior } from '../../src/controller/widget-actions.js';
import { axisTicks, linePath, readChart, stackSeries } from '../../src/widgets/chart-data.js';
import { assignNested, mergeValues } from '../../src/widgets/form-values.js';

it('dotted names nest, and never reach a prototype', () => {
  const target: Record<string, unknown> = {};
  for (const name of ['a.b', 'a.c', 'plain', '__proto__.x', 'a.constructor.prototype.x', 'a..b', '']) assignNested(target, name, 1);
  expect(target).toEqual({ a: { b: 1, c: 1 }, plain: 1 });
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

it('what the server configured wins over a field of the same name', () => {
  const conflicts: string[] = [];
  const payload = mergeValues({ id: 7, user: { a: 1 } }, [['id', 'x'], ['user.b', 'y'], ['note', 'z']], (name) => conflicts.push(name));
  expect(payload).toEqual({ id: 7, user: { a: 1 }, note: 'z' });
  expect(conflicts).toEqual(['id', 'user.b']);
  expect(mergeValues('text', [], () => undefined)).toBe('text');
});

it('"auto" loading depends on what started the action', () => {
  const auto = { type: 'x' };
  expect([loadingBehavior(auto, 'button'), loadingBehavior(auto, 'select'), loadingBehavior(auto, 'card'), loadingBehavior({ ...auto, loadingBehavior: 'none' }, 'card')]).toEqual(['self', 'none', 'container', 'none']);
});

it('chart values are read leniently and stacked by name', () => {
  const data = readChart({ type: 'Chart', data: [{ k: 'a', x: '2', y: 3 }, { k: 'b', x: 'no', y: Infinity }], series: [{ type: 'bar', dataKey: 'x', stack: 's', label: null }, { type: 'bar', dataKey: 'y', stack: 's' }], xAxis: { dataKey: 'k', labels: { a: 'Alpha' }, hide: true } });
  expect(data).toMatchObject({ labels: ['Alpha', 'b'], showXAxis: false });
  expect(data.series.map((series) => [series.label, series.values])).toEqual([['x', [2, 0]], ['y', [3, 0]]]);
  expect(stackSeries(data.series)).toEqual([[[0, 2], [0, 0]], [[2, 5], [0, 0]]]);
});

it('axes get round numbers around the values', () => {
  expect(axisTicks(0, 1290)).toEqual([0, 500, 1000, 1500]);
  expect(axisTicks(-3, 4)).toEqual([-4, -2, 0, 2, 4]);
  expect(axisTicks(0, 0)).toEqual([0]);
  expect(linePath([[0, 0], [10, 5]], 'stepAfter')).toBe('M0,0H10V5');
  expect(linePath([], 'linear')).toBe('');
});
