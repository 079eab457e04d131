import type { ThreadBook, StoredThread } from './thread-book.js';

/** A small picture, so that images need no network. */
export const picture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

export const richMarkdown = `Three suppliers can deliver before **Friday**. The short version:

1. *Northwind* has stock in both warehouses
2. *Contoso* needs two more days, but is 12 % cheaper
3. *Fabrikam* only ships whole pallets

| Supplier | Units | Price | Arrives |
|:---------|------:|------:|:-------:|
| Northwind | 1,200 | €4.10 | Wed |
| Contoso | 900 | €3.60 | Fri |
| Fabrikam | 2,000 | €3.95 | Thu |

### How the order is placed

\`\`\`typescript
import { placeOrder } from './orders.js';

// Splits the order over two warehouses.
const order = await placeOrder({ sku: 'A-1023', units: 1200 });
console.log(\`Placed \${order.id}\`);
\`\`\`

> Prices exclude freight. See the [terms](https://example.com/terms).

Use \`orders.cancel(id)\` within an hour to undo it.`;

export function addRichConversation(book: ThreadBook): StoredThread {
  const thread = book.create({ title: 'Restocking A-1023' });
  const tag = { type: 'input_tag', id: 'sku-1', text: 'A-1023', data: {}, group: 'Products', interactive: true };
  book.add(thread, 'user_message', {
    content: [{ type: 'input_text', text: 'Who can deliver ' }, tag, { type: 'input_text', text: ' before Friday? The list is attached.' }],
    attachments: [
      { id: 'a1', type: 'file', name: 'suppliers-2026.csv', mime_type: 'text/csv' },
      { id: 'a2', type: 'image', name: 'shelf.png', mime_type: 'image/png', preview_url: picture },
    ],
    quoted_text: 'Stock of A-1023 falls below the minimum on Thursday.',
    inference_options: {},
  });
  book.add(thread, 'workflow', {
    workflow: {
      type: 'reasoning',
      expanded: false,
      summary: { duration: 12 },
      tasks: [{ type: 'thought', title: 'Comparing offers', content: 'The reader needs stock before **Friday**.', status_indicator: 'none' }],
    },
  });
  const text = richMarkdown.replace('both warehouses', 'both warehouses.');
  const at = text.indexOf('both warehouses.') + 'both warehouses.'.length;
  book.add(thread, 'assistant_message', {
    content: [
      {
        type: 'output_text',
        text,
        annotations: [
          { type: 'annotation', index: at, source: { type: 'url', title: 'Northwind stock list', url: 'https://northwind.example/stock', description: 'Updated hourly', attribution: 'Northwind' } },
          { type: 'annotation', index: at, source: { type: 'entity', id: 'sku-1', title: 'Product A-1023', icon: 'cube', interactive: true, data: {} } },
          { type: 'annotation', source: { type: 'file', title: 'Suppliers', filename: 'suppliers-2026.csv' } },
        ],
      },
    ],
  });
  book.addUser(thread, 'Show me the steps you took.');
  book.add(thread, 'workflow', {
    workflow: {
      type: 'custom',
      expanded: true,
      summary: { title: 'Checked three suppliers', icon: 'check-circle' },
      tasks: [
        { type: 'web_search', title: 'Searched supplier sites', queries: ['northwind stock A-1023', 'contoso lead time'], sources: [{ type: 'url', title: 'Northwind', url: 'https://northwind.example/' }], status_indicator: 'complete' },
        { type: 'file', title: 'Read the attached list', sources: [{ type: 'file', title: 'Suppliers', filename: 'suppliers-2026.csv' }], status_indicator: 'complete' },
        { type: 'custom', title: 'Compared prices', content: 'Contoso is **12 %** cheaper.', icon: 'chart', status_indicator: 'complete' },
        { type: 'image', title: 'Drew the delivery plan', status_indicator: 'complete' },
      ],
    },
  });
  book.add(thread, 'task', { task: { type: 'custom', title: 'Saved the comparison', icon: 'document', status_indicator: 'complete' } });
  book.add(thread, 'client_tool_call', { status: 'completed', call_id: 'c1', name: 'open_order_form', arguments: {}, output: {} });
  book.add(thread, 'generated_image', { image: { id: 'i1', url: picture } });
  book.add(thread, 'end_of_turn', {});
  return thread;
}

const action = (type: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ type, payload: { from: 'widget' }, ...more });

export const orderCard = {
  type: 'Card',
  size: 'md',
  status: { text: 'Draft order', icon: 'document' },
  children: [
    { type: 'Row', align: 'center', gap: 3, children: [
      { type: 'Image', src: picture, size: 48, radius: 'md', alt: 'Product' },
      { type: 'Col', children: [{ type: 'Title', value: 'A-1023 · Hinge set', size: 'sm' }, { type: 'Caption', value: 'Northwind, 1,200 units' }] },
      { type: 'Spacer' },
      { type: 'Badge', label: 'In stock', color: 'success' },
    ] },
    { type: 'Divider' },
    { type: 'Row', justify: 'between', children: [{ type: 'Text', value: 'Total', color: 'secondary' }, { type: 'Text', value: '€4,920.00', weight: 'semibold' }] },
    { type: 'Markdown', value: 'Arrives **Wednesday**, see [terms](https://example.com).' },
  ],
  confirm: { label: 'Place order', action: action('order.place') },
  cancel: { label: 'Discard', action: action('order.discard') },
};

export const formCard = {
  type: 'Card',
  asForm: true,
  size: 'md',
  confirm: { label: 'Save', action: action('form.save') },
  children: [
    { type: 'Title', value: 'New supplier' },
    { type: 'Label', value: 'Name', fieldName: 'supplier.name' },
    { type: 'Input', name: 'supplier.name', placeholder: 'Company', required: true, defaultValue: 'Contoso' },
    { type: 'Label', value: 'Notes', fieldName: 'notes' },
    { type: 'Textarea', name: 'notes', rows: 2, placeholder: 'Anything to know' },
    { type: 'Row', gap: 3, wrap: 'wrap', children: [
      { type: 'Select', name: 'terms', placeholder: 'Payment terms', options: [{ value: '30', label: '30 days' }, { value: '60', label: '60 days' }] },
      { type: 'DatePicker', name: 'start', placeholder: 'First delivery', defaultValue: '2026-03-02T00:00:00Z' },
    ] },
    { type: 'RadioGroup', name: 'priority', ariaLabel: 'Priority', defaultValue: 'low', options: [{ value: 'low', label: 'Low' }, { value: 'high', label: 'High' }] },
    { type: 'Checkbox', name: 'approved', label: 'Approved by purchasing', defaultChecked: true },
  ],
};

export const supplierList = {
  type: 'ListView',
  limit: 2,
  status: { text: 'Suppliers', icon: 'suitcase' },
  children: ['Northwind', 'Contoso', 'Fabrikam'].map((name, index) => ({
    type: 'ListViewItem',
    key: name,
    onClickAction: action('supplier.open', { payload: { name } }),
    children: [
      { type: 'Icon', name: 'cube', color: 'secondary' },
      { type: 'Col', flex: 1, children: [{ type: 'Text', value: name, weight: 'medium' }, { type: 'Caption', value: `${index + 1} open orders` }] },
      { type: 'Icon', name: 'chevron-right', color: 'tertiary' },
    ],
  })),
};

export const chartCard = {
  type: 'Card',
  size: 'lg',
  children: [
    { type: 'Title', value: 'Stock per week', size: 'sm' },
    {
      type: 'Chart',
      data: ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'].map((week, index) => ({ week, stock: [820, 932, 601, 734, 1290, 1030][index] ?? 0, orders: [320, 402, 350, 280, 510, 440][index] ?? 0 })),
      series: [
        { type: 'bar', dataKey: 'stock', label: 'Stock' },
        { type: 'line', dataKey: 'orders', label: 'Orders', color: 'orange', curveType: 'monotone' },
      ],
      xAxis: 'week',
      showYAxis: true,
    },
  ],
};

export const tableCard = {
  type: 'Card',
  size: 'md',
  children: [
    {
      type: 'Table',
      children: [
        { type: 'Table.Row', header: true, children: ['Item', 'Units'].map((value, index) => ({ type: 'Table.Cell', align: index === 1 ? 'end' : 'start', children: [{ type: 'Text', value }] })) },
        ...[['Hinge', '1,200'], ['Handle', '340']].map((cells) => ({
          type: 'Table.Row',
          children: cells.map((value, index) => ({ type: 'Table.Cell', align: index === 1 ? 'end' : 'start', children: [{ type: 'Text', value }] })),
        })),
      ],
    },
    { type: 'Row', gap: 2, wrap: 'wrap', children: [
      { type: 'Button', label: 'Primary', style: 'primary', onClickAction: action('a') },
      { type: 'Button', label: 'Secondary', onClickAction: action('b'), iconStart: 'reload' },
      { type: 'Button', label: 'Danger', color: 'danger', variant: 'soft', onClickAction: action('c') },
      { type: 'Button', iconStart: 'star', uniform: true, variant: 'ghost', onClickAction: action('d') },
    ] },
    { type: 'Row', gap: 2, wrap: 'wrap', children: ['secondary', 'success', 'danger', 'warning', 'info', 'discovery'].flatMap((color) => [{ type: 'Badge', label: color, color }, { type: 'Badge', label: color, color, variant: 'solid' }]) },
  ],
};

export const structuredInputs = [
  { type: 'multiple_choice', id: 'speed', question: 'How soon do you need it?', options: [{ value: 'This week' }, { value: 'Next week' }, { value: 'No hurry' }], multiple: false },
  { type: 'multiple_choice', id: 'places', question: 'Which warehouses?', options: [{ value: 'Hamburg' }, { value: 'Lyon' }], multiple: true },
  { type: 'freeform', id: 'why', question: 'Anything else?', description: 'One sentence is enough.' },
];
