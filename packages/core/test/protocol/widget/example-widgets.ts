import type { ListViewItem, WidgetComponent, WidgetRoot } from '../../../src/protocol/index.js';

const action = {
  type: 'restock',
  payload: { sku: 'A1' },
  handler: 'server' as const,
  loadingBehavior: 'self' as const,
  streaming: true,
};
const color = { dark: '#fff', light: '#000' };
const sizes = {
  height: 1, width: '50%', size: 2, minHeight: 1, minWidth: 1, minSize: 1, maxHeight: '1rem', maxWidth: 1, maxSize: 1, aspectRatio: '1/1',
};
const box = {
  ...sizes,
  align: 'center' as const,
  justify: 'between' as const,
  wrap: 'wrap' as const,
  flex: 1,
  gap: 2,
  padding: { top: 1, x: '2px' },
  margin: 4,
  border: { top: 1, bottom: { size: 1, color, style: 'dashed' as const } },
  radius: 'md' as const,
  background: color,
};
const text: WidgetComponent = { type: 'Text', value: 'x' };
const node = { key: 'k', id: 'i' };

/** One component of every type, with every field. */
export const exampleComponents: { [K in WidgetComponent['type']]: Extract<WidgetComponent, { type: K }> } = {
  Text: {
    type: 'Text', ...node, value: 'Hi', streaming: true, italic: true, lineThrough: false, color: 'secondary', weight: 'bold', width: 4,
    size: 'sm', textAlign: 'end', truncate: true, minLines: 1, maxLines: 2,
    editable: {
      name: 'n', autoFocus: true, autoSelect: true, autoComplete: 'name', allowAutofillExtensions: true, pattern: '.*', placeholder: 'p',
      required: true,
    },
  },
  Title: { type: 'Title', ...node, value: 'Hi', color, weight: 'normal', size: '5xl', textAlign: 'start', truncate: false, maxLines: 1 },
  Caption: { type: 'Caption', ...node, value: 'Hi', color, weight: 'medium', size: 'lg', textAlign: 'center', truncate: false, maxLines: 1 },
  Markdown: { type: 'Markdown', ...node, value: '**Hi**', streaming: false },
  Label: { type: 'Label', ...node, value: 'Name', fieldName: 'name', size: 'xs', weight: 'semibold', textAlign: 'start', color: 'red-100' },
  Badge: { type: 'Badge', ...node, label: 'New', color: 'discovery', variant: 'soft', size: 'sm', pill: true },
  Icon: { type: 'Icon', ...node, name: 'lucide:box', color: 'success', size: '3xl' },
  Image: {
    type: 'Image', ...node, ...sizes, src: 'https://e.example/a.png', alt: 'A', frame: true, flush: true, fit: 'cover', position: 'top left',
    radius: 'full', margin: { x: 1 }, background: 'surface', flex: 1,
  },
  Divider: { type: 'Divider', ...node, color: 'subtle', size: 1, spacing: '2px', flush: true },
  Spacer: { type: 'Spacer', ...node, minSize: 4 },
  Button: {
    type: 'Button', ...node, submit: true, label: 'Go', onClickAction: action, iconStart: 'plus', iconEnd: 'vendor:x', style: 'primary',
    iconSize: 'xl', color: 'caution', variant: 'ghost', size: '3xs', pill: true, uniform: true, block: true, disabled: false,
  },
  Select: {
    type: 'Select', ...node, name: 'n', options: [{ value: 'a', label: 'A', disabled: true, description: 'd' }], onChangeAction: action,
    placeholder: 'p', defaultValue: 'a', variant: 'outline', size: 'md', pill: true, block: true, clearable: true, disabled: true, searchable: true,
  },
  DatePicker: {
    type: 'DatePicker', ...node, name: 'n', onChangeAction: action, placeholder: 'p', defaultValue: '2026-01-02T00:00:00Z',
    min: '2026-01-01T00:00:00Z', max: '2026-02-01T00:00:00Z', variant: 'solid', size: 'lg', side: 'top', align: 'end', pill: true, block: true,
    clearable: true, disabled: true,
  },
  Checkbox: { type: 'Checkbox', ...node, name: 'n', label: 'L', defaultChecked: true, onChangeAction: action, disabled: true, required: true },
  Input: {
    type: 'Input', ...node, name: 'n', inputType: 'email', defaultValue: 'd', required: true, pattern: '.*', placeholder: 'p',
    allowAutofillExtensions: true, autoSelect: true, autoFocus: true, disabled: true, variant: 'soft', size: 'sm', gutterSize: '2xs', pill: true,
  },
  Textarea: {
    type: 'Textarea', ...node, name: 'n', defaultValue: 'd', required: true, pattern: '.*', placeholder: 'p', allowAutofillExtensions: true,
    autoSelect: true, autoFocus: true, disabled: true, variant: 'outline', size: 'sm', gutterSize: 'xl', rows: 2, maxRows: 5, autoResize: true,
  },
  RadioGroup: {
    type: 'RadioGroup', ...node, name: 'n', options: [{ label: 'L', value: 'v', disabled: true }], ariaLabel: 'a', onChangeAction: action,
    defaultValue: 'v', direction: 'row', disabled: true, required: true,
  },
  Chart: {
    type: 'Chart', ...node, ...sizes, data: [{ day: 'Mo', sold: 3 }],
    series: [
      { type: 'bar', label: 'Sold', dataKey: 'sold', color: 'blue', stack: 's' },
      { type: 'area', dataKey: 'sold', color, stack: 's', curveType: 'natural' },
      { type: 'line', label: 'Sold', dataKey: 'sold', curveType: 'stepAfter' },
    ],
    xAxis: { dataKey: 'day', hide: false, labels: { Mo: 'Monday' } }, showYAxis: true, showLegend: true, showTooltip: true, barGap: 1,
    barCategoryGap: 2, flex: 1,
  },
  Box: { type: 'Box', ...node, ...box, direction: 'row', children: [text] },
  Row: { type: 'Row', ...node, ...box, children: [text] },
  Col: { type: 'Col', ...node, ...box, children: [text] },
  Form: { type: 'Form', ...node, ...box, direction: 'col', onSubmitAction: action, children: [text] },
  Transition: { type: 'Transition', ...node, children: text },
  Table: { type: 'Table', ...node, children: [{ type: 'Table.Row', children: [{ type: 'Table.Cell', children: [text] }] }] },
  'Table.Row': { type: 'Table.Row', ...node, header: true, children: [{ type: 'Table.Cell' }] },
  'Table.Cell': {
    type: 'Table.Cell', ...node, width: 1, padding: { y: 1 }, colSpan: 2, rowSpan: 2, align: 'start', vAlign: 'end', colSize: 'lg',
    children: [text],
  },
};

export const exampleListViewItem: ListViewItem = {
  type: 'ListViewItem', ...node, children: [text], onClickAction: action, gap: 1, align: 'start',
};

/** One root of every type, with every field; the card holds every component. */
export const exampleRoots: { [K in WidgetRoot['type']]: Extract<WidgetRoot, { type: K }> } = {
  Card: {
    type: 'Card', ...node, asForm: true, background: color, border: 1, size: 'lg', padding: 'x', status: { text: 'New', icon: 'bolt' },
    collapsed: false, confirm: { label: 'OK', action }, cancel: { label: 'No', action }, theme: 'dark',
    children: Object.values(exampleComponents),
  },
  ListView: {
    type: 'ListView', ...node, limit: 'auto', status: { text: 'New', favicon: 'https://e.example/i.png', frame: true }, theme: 'light',
    children: [exampleListViewItem],
  },
  Basic: {
    type: 'Basic', ...node, theme: 'light', direction: 'row', gap: 1, padding: 2, align: 'center', justify: 'evenly',
    children: [text, { type: 'Card', children: [] }],
  },
};
