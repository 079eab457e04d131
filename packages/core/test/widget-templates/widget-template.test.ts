import { describe, expect, test } from 'vitest';
import { strictWidgetRootSchema } from '../../src/protocol/index.js';
import { WidgetTemplate, WidgetTemplateError } from '../../src/widget-templates/index.js';
import { definitionOf } from './render.js';

const card = '{"type":"Card","children":[{"type":"Text","value":{{ (name) | tojson }}}]}';

function failure(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return WidgetTemplateError.isInstance(error) ? `${error.problem}: ${error.message}` : error;
  }
}

test('a list of rows is built from data, in order', () => {
  const template = new WidgetTemplate<{ items: { id: string; color: string; label: string }[] }>(
    definitionOf(
      '{"type":"ListView","children":[{%- set _c -%}{%-for item in items -%},{"type":"ListViewItem","key":{{ (item.id) | tojson }},"onClickAction":{"type":"open","payload":{"id":{{ (item.id) | tojson }}}},"children":[{"type":"Box","background":{{ (item.color) | tojson }}},{"type":"Text","value":{{ (item.label) | tojson }}}]}{%-endfor-%}{%- endset -%}{{- (_c[1:] if _c and _c[0] == \',\' else _c) -}}]}',
    ),
  );
  const row = (id: string, color: string, label: string): unknown => ({
    type: 'ListViewItem',
    key: id,
    onClickAction: { type: 'open', payload: { id } },
    children: [
      { type: 'Box', background: color },
      { type: 'Text', value: label },
    ],
  });
  const widget = template.build({
    items: [
      { id: '1', color: 'red-100', label: 'Sugar' },
      { id: '2', color: '#fff', label: 'Say "hi" & <bye>' },
    ],
  });
  expect(widget).toStrictEqual({ type: 'ListView', children: [row('1', 'red-100', 'Sugar'), row('2', '#fff', 'Say "hi" & <bye>')] });
  expect(strictWidgetRootSchema.parse(widget)).toStrictEqual(widget);
});

test('without data, what needs none is built, and a basic root is a root like any other', () => {
  expect(new WidgetTemplate(definitionOf('{"type":"Basic","children":[]}\n')).build()).toStrictEqual({ type: 'Basic', children: [] });
});

test('a template is built as often as one likes, each time anew', () => {
  const template = new WidgetTemplate<{ name: string }>(definitionOf(card));
  expect([template.build({ name: 'a' }), template.build({ name: 'b' })].map((widget) => JSON.stringify(widget))).toEqual([
    '{"type":"Card","children":[{"type":"Text","value":"a"}]}',
    '{"type":"Card","children":[{"type":"Text","value":"b"}]}',
  ]);
});

test('nulls that a template writes are gone, and unknown components stay', () => {
  const template = new WidgetTemplate(definitionOf('{"type":"Card","size":null,"children":[{"type":"Orb","glow":[1,null]}]}'));
  expect(template.build()).toStrictEqual({ type: 'Card', children: [{ type: 'Orb', glow: [1] }] });
});

test('data is what JSON makes of it', () => {
  class Order {
    readonly #lines = 3;
    readonly placed = new Date('2026-01-02T03:04:05Z');
    toJSON(): object {
      return { name: `${this.#lines} lines, ${this.placed.toISOString()}` };
    }
  }
  expect(new WidgetTemplate<Order>(definitionOf(card)).build(new Order())).toMatchObject({ children: [{ value: '3 lines, 2026-01-02T03:04:05.000Z' }] });
});

test('building changes nothing in the data', () => {
  const data = { list: [1] };
  const template = new WidgetTemplate<typeof data>(definitionOf('{% set _ = list.append(2) %}{"type":"Card","children":[],"list":{{ list | tojson }}}'));
  expect(template.build(data)).toMatchObject({ list: [1, 2] });
  expect(data).toEqual({ list: [1] });
});

describe('loading', () => {
  test('takes the text of a file with all that the studio writes', () => {
    const text = JSON.stringify({ ...definitionOf(card), name: 'greeting', jsonSchema: {}, outputJsonPreview: {}, encodedWidget: 'e30' });
    const template = new WidgetTemplate<{ name: string }>(text);
    expect(template.name).toBe('greeting');
    expect(template.build({ name: 'Ada' })).toMatchObject({ type: 'Card' });
  });

  test('fetches a file', async () => {
    const requested: string[] = [];
    const serve = async (url: string | URL | Request): Promise<Response> => {
      requested.push(url instanceof Request ? url.url : url.toString());
      return new Response(JSON.stringify(definitionOf(card)));
    };
    const template = await WidgetTemplate.fetch<{ name: string }>(new URL('https://e.example/a.widget'), { fetch: serve });
    expect(template.build({ name: 'Ada' })).toMatchObject({ type: 'Card' });
    expect(requested).toEqual(['https://e.example/a.widget']);
  });

  test('says so when the file is not there', async () => {
    const serve = async (): Promise<Response> => new Response('', { status: 404 });
    await expect(WidgetTemplate.fetch('https://e.example/a.widget', { fetch: serve })).rejects.toThrow('The widget template could not be fetched: status 404');
  });

  test.each<[unknown, string]>([
    ['{', 'The widget template is not JSON'],
    [[], 'The widget template is malformed: expected object'],
    [{ ...definitionOf(card), version: '2.0' }, 'The widget template is malformed: version expected "1.0"'],
    [{ ...definitionOf(card), version: 1 }, 'The widget template is malformed: version expected "1.0"'],
    [{ version: '1.0', name: 'x' }, 'The widget template is malformed: template expected string'],
    [{ version: '1.0', template: card }, 'The widget template is malformed: name expected string'],
    [{ ...definitionOf(card), jsonSchema: [] }, 'The widget template is malformed: jsonSchema expected object'],
  ])('refuses %j', (content, message) => {
    expect(failure(() => new WidgetTemplate(content as string))).toBe(`definition: ${message}`);
  });
});

describe('what is rendered', () => {
  test.each([
    ['Card', 'output: What the template renders is not JSON'],
    ['{"type":"Card",}', 'output: What the template renders is not JSON at position 15'],
    ['', 'output: What the template renders is not JSON'],
    ['{"type":"Text","value":"x"}', 'output: What the template renders is no widget: type expected "Card", "ListView" or "Basic"'],
    ['[]', 'output: What the template renders is no widget: expected an object'],
    ['{"type":"Card","children":[5]}', 'output: What the template renders is no widget: children[0] expected a widget component (an object)'],
  ])('%s is refused', (template, message) => {
    expect(failure(() => new WidgetTemplate(definitionOf(template)).build())).toBe(message);
  });

  test('is not quoted when it is refused', () => {
    const template = new WidgetTemplate<{ secret: string }>(definitionOf('{"a": {{ secret }}'));
    expect(String(failure(() => template.build({ secret: 'my secret text' })))).not.toContain('secret text');
  });
});

describe('data', () => {
  test.each<[unknown, string]>([
    [{ name: Number.NaN }, 'data: The data holds a number that is not finite'],
    [{ name: [1 / 0] }, 'data: The data holds a number that is not finite'],
    [{ name: 1n }, 'data: The data cannot be written as JSON'],
    [[], 'data: The data is no object'],
    [() => 1, 'data: The data is no object'],
  ])('like %o is refused', (data, message) => {
    expect(failure(() => new WidgetTemplate<object>(definitionOf(card)).build(data as object))).toBe(message);
  });

  const schema = { type: 'object', properties: { name: { type: 'string' }, n: { type: 'integer', minimum: 1 } }, required: ['name'], additionalProperties: false };

  test('is not checked against the schema unless asked', () => {
    const template = new WidgetTemplate<{ name: unknown }>(definitionOf(card, { jsonSchema: schema }));
    expect(template.build({ name: 5 })).toMatchObject({ children: [{ value: 5 }] });
  });

  test('is checked when asked, and refused by place, without its values', () => {
    const template = new WidgetTemplate<object>(definitionOf(card, { jsonSchema: schema }), { validateData: true });
    expect(template.build({ name: 'Ada', n: 1 })).toMatchObject({ type: 'Card' });
    expect(failure(() => template.build({ name: 5 }))).toBe("data: The data does not fit the template's jsonSchema: name expected string");
    expect(failure(() => template.build({}))).toBe("data: The data does not fit the template's jsonSchema: name expected string");
    expect(failure(() => template.build({ name: 'a', more: 1 }))).toBe("data: The data does not fit the template's jsonSchema: expected no other property");
    expect(failure(() => template.build({ name: 'a', n: 0 }))).toBe("data: The data does not fit the template's jsonSchema: n expected at least 1");
  });

  test('is an object, also where the schema leaves that out', () => {
    const template = new WidgetTemplate<object>(definitionOf(card, { jsonSchema: { properties: { name: { const: 'z' } }, required: ['name'] } }), { validateData: true });
    expect(template.build({ name: 'z' })).toMatchObject({ type: 'Card' });
    expect(failure(() => template.build({ name: 'a' }))).toMatch(/^data: /);
    expect(failure(() => template.build({}))).toMatch(/^data: /);
  });

  test.each([
    [{ type: 'object', properties: { a: { minLength: 3 } } }, '"minLength" needs a "type" beside it, at #/properties/a'],
    [{ type: 'object', properties: { a: { type: 'array', items: { required: ['b'] } } } }, '"required" needs a "type" beside it, at #/properties/a/items'],
    [{ type: 'object', properties: { a: { anyOf: [{ type: 'string' }, { minimum: 1 }] } } }, '"minimum" needs a "type" beside it, at #/properties/a/anyOf/1'],
  ])('is not checked by %j, which would check nothing', (jsonSchema, reason) => {
    expect(failure(() => new WidgetTemplate(definitionOf(card, { jsonSchema }), { validateData: true }))).toBe(`definition: The jsonSchema cannot be used: ${reason}`);
  });

  test('of a template without a schema always fits', () => {
    expect(new WidgetTemplate<{ name: string }>(definitionOf(card), { validateData: true }).build({ name: 'x' })).toMatchObject({ type: 'Card' });
  });

  test('cannot be checked against a schema that is not understood', () => {
    const definition = definitionOf(card, { jsonSchema: { type: 'object', if: {}, then: {} } });
    expect(String(failure(() => new WidgetTemplate(definition, { validateData: true })))).toMatch(/^definition: The jsonSchema cannot be used: /);
    expect(failure(() => new WidgetTemplate(definition).name)).toBe('inline');
  });
});
