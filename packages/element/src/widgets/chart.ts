import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { styled } from '../view/styled.js';
import { axisTicks, linePath, readChart, stackSeries } from './chart-data.js';
import type { ChartData, ChartSeries, Point } from './chart-data.js';
import { resolveColor } from './resolve-color.js';
import { blockStyles } from './style-values.js';
import type { Renderer, WidgetContext } from './widget-context.js';

const palette = ['blue', 'purple', 'orange', 'green', 'red', 'yellow', 'pink'];
const width = 600;
const height = 260;

interface Plot {
  left: number;
  bottom: number;
  band: number;
  x: (index: number) => number;
  y: (value: number) => number;
}

function colorOf(series: ChartSeries, index: number, context: WidgetContext): string {
  return resolveColor(series.color, context.scheme, 'chart') ?? `var(--chart-${palette[index % palette.length] ?? 'blue'})`;
}

/** A chart drawn as SVG, with the same numbers as a table for those who can't see it. */
export const renderChart: Renderer = (node, context) => {
  const data = readChart(node);
  const ranges = stackSeries(data.series);
  const values = ranges.flat(2);
  const ticks = axisTicks(Math.min(0, ...values), Math.max(0, ...values));
  const low = ticks[0] ?? 0;
  const high = ticks.at(-1) ?? 1;
  const showYAxis = node['showYAxis'] === true;
  const left = showYAxis ? 58 : 6;
  const bottom = height - (data.showXAxis ? 26 : 6);
  const band = (width - left - 6) / Math.max(data.labels.length, 1);
  const plot: Plot = {
    left,
    bottom,
    band,
    x: (index) => left + band * (index + 0.5),
    y: (value) => bottom - ((value - low) / (high - low || 1)) * (bottom - 10),
  };
  const name = data.series.map((series) => series.label).join(', ');
  return html`<figure class="w-chart" ${styled(blockStyles(node))}>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${name} preserveAspectRatio="xMidYMid meet">
      ${grid(ticks, plot, showYAxis)} ${data.showXAxis ? labels(data, plot) : nothing} ${bars(node, data, ranges, plot, context)} ${lines(data, ranges, plot, context)}
      ${node['showTooltip'] === false ? nothing : hoverBands(data, plot)}
    </svg>
    ${node['showLegend'] === false ? nothing : legend(data, context)} ${table(data)}
  </figure>`;
};

function grid(ticks: readonly number[], plot: Plot, numbered: boolean): TemplateResult[] {
  return ticks.map(
    (tick) => svg`<line class="grid" x1=${plot.left} x2=${width - 6} y1=${plot.y(tick)} y2=${plot.y(tick)}></line>
      ${numbered ? svg`<text class="tick" x=${plot.left - 8} y=${plot.y(tick) + 4} text-anchor="end">${tick.toLocaleString()}</text>` : nothing}`,
  );
}

function labels(data: ChartData, plot: Plot): TemplateResult[] {
  const every = Math.max(1, Math.ceil(data.labels.length / Math.floor((width - plot.left) / 64)));
  return data.labels.flatMap((label, index) =>
    index % every === 0 ? [svg`<text class="tick" x=${plot.x(index)} y=${height - 6} text-anchor="middle">${label}</text>`] : [],
  );
}

function bars(node: { [key: string]: unknown }, data: ChartData, ranges: (readonly [number, number])[][], plot: Plot, context: WidgetContext): unknown {
  const groups = [...new Set(data.series.flatMap((series, index) => (series.type === 'bar' ? [series.stack ?? `#${index}`] : [])))];
  if (groups.length === 0) return nothing;
  const gap = typeof node['barGap'] === 'number' ? node['barGap'] : 4;
  const categoryGap = typeof node['barCategoryGap'] === 'number' ? node['barCategoryGap'] : Math.min(plot.band * 0.25, 24);
  const room = Math.max(2, plot.band - categoryGap);
  const barWidth = Math.max(1, Math.min(56, (room - gap * (groups.length - 1)) / groups.length));
  const total = barWidth * groups.length + gap * (groups.length - 1);
  return data.series.map((series, index) => {
    if (series.type !== 'bar') return nothing;
    const group = groups.indexOf(series.stack ?? `#${index}`);
    return (ranges[index] ?? []).map(([from, to], position) => {
      const top = plot.y(Math.max(from, to));
      const x = plot.x(position) - total / 2 + group * (barWidth + gap);
      return svg`<rect x=${x} y=${top} width=${barWidth} height=${Math.max(0, plot.y(Math.min(from, to)) - top)} rx="3" fill=${colorOf(series, index, context)}></rect>`;
    });
  });
}

function lines(data: ChartData, ranges: (readonly [number, number])[][], plot: Plot, context: WidgetContext): unknown {
  return data.series.map((series, index) => {
    if (series.type === 'bar') return nothing;
    const range = ranges[index] ?? [];
    const points = range.map(([, to], position): Point => [plot.x(position), plot.y(to)]);
    const color = colorOf(series, index, context);
    const path = linePath(points, series.curve);
    const below = range.map(([from], position): Point => [plot.x(position), plot.y(from)]).reverse();
    const area = series.type === 'area' && points.length > 0 ? `${path}L${linePath(below, series.curve).slice(1)}Z` : '';
    return svg`${area ? svg`<path d=${area} fill=${color} opacity="0.18"></path>` : nothing}<path d=${path} fill="none" stroke=${color} stroke-width="2.5" stroke-linejoin="round"></path>`;
  });
}

function hoverBands(data: ChartData, plot: Plot): TemplateResult[] {
  return data.labels.map((label, index) => {
    const text = [label, ...data.series.map((series) => `${series.label}: ${(series.values[index] ?? 0).toLocaleString()}`)].join('\n');
    return svg`<rect class="hover-band" x=${plot.x(index) - plot.band / 2} y="0" width=${plot.band} height=${plot.bottom}><title>${text}</title></rect>`;
  });
}

function legend(data: ChartData, context: WidgetContext): unknown {
  return html`<figcaption class="w-legend" aria-hidden="true">
    ${data.series.map((series, index) => html`<span><i ${styled({ 'background-color': colorOf(series, index, context) })}></i><bdi>${series.label}</bdi></span>`)}
  </figcaption>`;
}

function table(data: ChartData): TemplateResult {
  return html`<table class="visually-hidden">
    <thead><tr><td></td>${data.series.map((series) => html`<th scope="col">${series.label}</th>`)}</tr></thead>
    <tbody>
      ${data.labels.map((label, index) => html`<tr><th scope="row">${label}</th>${data.series.map((series) => html`<td>${series.values[index] ?? 0}</td>`)}</tr>`)}
    </tbody>
  </table>`;
}
