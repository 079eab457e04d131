import { nothing } from 'lit';
import { childNodes } from '../protocol/widget.js';
import type { WidgetNode } from '../protocol/widget.js';
import { renderButton } from './button.js';
import { renderChart } from './chart.js';
import { renderCard } from './card.js';
import { renderCheckbox, renderRadioGroup } from './choices.js';
import { renderBadge, renderIcon, renderImage } from './content.js';
import { renderDatePicker, renderSelect } from './pickers.js';
import { renderBasic, renderBox, renderColumn, renderDivider, renderForm, renderRow, renderSpacer, renderTransition } from './layout.js';
import { renderListView, renderListViewItem } from './list-view.js';
import { renderTable, renderTableCell, renderTableRow } from './table.js';
import { renderCaption, renderLabel, renderMarkdown, renderText, renderTitle } from './text.js';
import { renderInput, renderTextarea } from './text-fields.js';
import type { Renderer, WidgetContext } from './widget-context.js';

const renderers: Readonly<Record<string, Renderer>> = {
  Card: renderCard,
  ListView: renderListView,
  Basic: renderBasic,
  ListViewItem: renderListViewItem,
  Text: renderText,
  Title: renderTitle,
  Caption: renderCaption,
  Markdown: renderMarkdown,
  Badge: renderBadge,
  Icon: renderIcon,
  Image: renderImage,
  Box: renderBox,
  Row: renderRow,
  Col: renderColumn,
  Form: renderForm,
  Divider: renderDivider,
  Spacer: renderSpacer,
  Button: renderButton,
  Select: renderSelect,
  DatePicker: renderDatePicker,
  Checkbox: renderCheckbox,
  Input: renderInput,
  Textarea: renderTextarea,
  RadioGroup: renderRadioGroup,
  Label: renderLabel,
  Transition: renderTransition,
  Chart: renderChart,
  Table: renderTable,
  'Table.Row': renderTableRow,
  'Table.Cell': renderTableCell,
};

const deepestLevel = 60;

/** Renders a node. Components this element doesn't know show what is inside them. */
export function renderNode(node: WidgetNode, context: WidgetContext, path: string): unknown {
  if (path.length > deepestLevel * 3) return nothing;
  const renderer = Object.hasOwn(renderers, node.type) ? renderers[node.type] : undefined;
  return renderer ? renderer(node, context, path) : renderChildren(node, context, path);
}

export function renderChildren(node: { children?: unknown }, context: WidgetContext, path: string): unknown {
  return childNodes(node).map((child, index) => renderNode(child, context, `${path}.${index}`));
}
