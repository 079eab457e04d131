import * as z from 'zod';
import { optional, strictWireObject, wireObject } from '../lenient.js';
import { colorSchema, lengthSchema, nodeFields, sizeFields } from './values.js';

const curveTypeSchema = z.enum([
  'basis', 'basisClosed', 'basisOpen', 'bumpX', 'bumpY', 'bump', 'linear', 'linearClosed', 'natural', 'monotoneX',
  'monotoneY', 'monotone', 'step', 'stepBefore', 'stepAfter',
]);
export type CurveType = z.output<typeof curveTypeSchema>;

// The Python SDK requires the key of a label and takes null for "none"; on the wire nulls are gone.
const seriesFields = { label: optional(z.string()), dataKey: z.string(), color: optional(colorSchema) };

/** One series of a chart; `dataKey` names the property of the data rows that it shows. */
export const chartSeriesSchema = z.discriminatedUnion('type', [
  strictWireObject({ type: z.literal('bar'), ...seriesFields, stack: optional(z.string()) }),
  strictWireObject({ type: z.literal('area'), ...seriesFields, stack: optional(z.string()), curveType: optional(curveTypeSchema) }),
  strictWireObject({ type: z.literal('line'), ...seriesFields, curveType: optional(curveTypeSchema) }),
]);
export type ChartSeries = z.output<typeof chartSeriesSchema>;

/** Known to the Python SDK; the official client's type declarations do not list it. */
export const chartSchema = strictWireObject({
  type: z.literal('Chart'),
  ...nodeFields,
  ...sizeFields,
  data: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  series: z.array(chartSeriesSchema),
  xAxis: z.union([
    z.string(),
    wireObject({ dataKey: z.string(), hide: optional(z.boolean()), labels: optional(z.record(z.string(), z.string())) }),
  ]),
  showYAxis: optional(z.boolean()),
  showLegend: optional(z.boolean()),
  showTooltip: optional(z.boolean()),
  barGap: optional(z.int()),
  barCategoryGap: optional(z.int()),
  flex: optional(lengthSchema),
});
export type Chart = z.output<typeof chartSchema>;
