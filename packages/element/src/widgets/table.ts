import { html, nothing } from 'lit';
import { childNodes } from '../protocol/widget.js';
import type { WidgetNode } from '../protocol/widget.js';
import { styled } from '../view/styled.js';
import { renderChildren, renderNode } from './render-widget.js';
import { sides, size } from './style-values.js';
import type { Renderer, WidgetContext } from './widget-context.js';

const columnSizes: Record<string, string> = { xs: '64px', sm: '96px', md: '144px', lg: '208px', xl: '288px' };
const textAlign: Record<string, string> = { start: 'start', center: 'center', end: 'end' };
const verticalAlign: Record<string, string> = { start: 'top', center: 'middle', end: 'bottom' };

export const renderTable: Renderer = (node, context, path) => {
  const rows = childNodes(node).map((row, index) => ({ row, path: `${path}.${index}` }));
  const heads = rows.filter(({ row }) => row['header'] === true);
  const rest = rows.filter(({ row }) => row['header'] !== true);
  const render = (entry: { row: WidgetNode; path: string }): unknown => renderNode(entry.row, context, entry.path);
  return html`<div class="w-table-frame" tabindex="0" role="group" aria-label=${context.t('table')}>
    <table class="w-table">
      ${heads.length > 0 ? html`<thead>${heads.map(render)}</thead>` : nothing}
      <tbody>${rest.map(render)}</tbody>
    </table>
  </div>`;
};

export const renderTableRow: Renderer = (node, context, path) =>
  html`<tr>${childNodes(node).map((child, index) => cell(child, context, `${path}.${index}`, node['header'] === true))}</tr>`;

export const renderTableCell: Renderer = (node, context, path) => cell(node, context, path, false);

function cell(node: WidgetNode, context: WidgetContext, path: string, header: boolean): unknown {
  const styles = styled({
    width: size(node['width']) ?? columnSizes[String(node['colSize'])],
    'text-align': textAlign[String(node['align'])],
    'vertical-align': verticalAlign[String(node['vAlign'])],
    ...sides('padding', node['padding']),
  });
  const columns = span(node['colSpan']);
  const rows = span(node['rowSpan']);
  const content = node.type === 'Table.Cell' ? renderChildren(node, context, path) : renderNode(node, context, path);
  return header
    ? html`<th scope="col" colspan=${columns} rowspan=${rows} ${styles}>${content}</th>`
    : html`<td colspan=${columns} rowspan=${rows} ${styles}>${content}</td>`;
}

function span(value: unknown): number {
  return typeof value === 'number' && value >= 1 && value <= 100 ? Math.floor(value) : 1;
}
