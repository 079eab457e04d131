import { describe, expect, test } from 'vitest';
import { WidgetTemplate, WidgetTemplateError } from '../../src/widget-templates/index.js';
import { definitionOf, renderText, renderValues } from './render.js';

function errorOf(run: () => unknown): WidgetTemplateError {
  try {
    run();
  } catch (error) {
    if (WidgetTemplateError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('no error');
}

function problemOf(run: () => unknown): string {
  const { problem, message } = errorOf(run);
  return `${problem}: ${message}`;
}

describe('a name or property that is not in the data', () => {
  test.each([
    ['printed', '{{ missing }}', 'missing'],
    ['serialised', '{{ user.missing | tojson }}', 'user.missing'],
    ['serialised inside a list', '{{ [1, missing] | tojson }}', 'missing'],
    ['looped over', '{% for x in missing %}{% endfor %}', 'missing'],
    ['compared', '{{ missing == 1 }}', 'missing'],
    ['compared the other way', '{{ 1 != user.missing }}', 'user.missing'],
    ['ordered', '{{ 1 < missing }}', 'missing'],
    ['a condition', '{% if missing %}{% endif %}', 'missing'],
    ['negated', '{{ not missing }}', 'missing'],
    ['a side of and', '{{ missing and 1 }}', 'missing'],
    ['joined', '{{ "a" ~ missing }}', 'missing'],
    ['added', '{{ 1 + missing }}', 'missing'],
    ['looked into', '{{ user.missing.deeper is defined }}', 'user.missing'],
    ['looked into before a default', '{{ missing.deeper | default(1) }}', 'missing'],
    ['sliced', '{{ missing[1:] }}', 'missing'],
    ['searched', '{{ 1 in missing }}', 'missing'],
    ['a key', '{{ user[missing] }}', 'missing'],
    ['beyond the end of a list', '{{ list[3] }}', 'list[...]'],
    ['set and used', '{% set x = missing %}{{ x }}', 'missing'],
    ['appended and serialised', '{% set ns = namespace(l=[]) %}{% set _ = ns.l.append(missing) %}{{ ns.l | tojson }}', 'missing'],
  ])('is an error when %s', (_, template, path) => {
    expect(problemOf(() => renderText(template, { user: {}, list: [1] }))).toBe(`render: '${path}' is not defined`);
  });

  test('is none when an if without else does not hold', () => {
    expect(problemOf(() => renderText('{{ 1 if false }}'))).toBe("render: 'the value of an if without else' is not defined");
    expect(renderText('{{ (1 if false) | default("d") }}')).toBe('d');
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])('is %s, whatever objects inherit', (name) => {
    expect(errorOf(() => renderText(`{{ o.${name} | tojson }}`, { o: {} })).problem).toBe('render');
    expect(errorOf(() => renderText(`{{ ${name} }}`)).problem).toBe('render');
    expect(renderValues(`{{ o["${name}"] | default("safe") | tojson }}`, { o: {} })).toEqual(['safe']);
  });

  test('is any property of texts, lists and numbers', () => {
    expect(renderValues('{{ [t.length is defined, l.length is defined, n.toFixed is defined, l.push is defined] | tojson }}', { t: 'a', l: [1], n: 1 })).toEqual([
      [false, false, false, false],
    ]);
  });
});

describe('what the language leaves out is refused when the template is loaded', () => {
  test.each([
    ['{% include "x" %}'],
    ['{% import "x" as y %}'],
    ['{% extends "x" %}'],
    ['{% macro m() %}{% endmacro %}'],
    ['{% call m() %}{% endcall %}'],
    ['{% filter upper %}{% endfilter %}'],
    ['{% for x in y %}{% break %}{% endfor %}'],
    ['{{ range(9) }}'],
    ['{{ x.items() }}'],
    ['{{ x.constructor("return 1")() }}'],
    ['{{ x | upper }}'],
    ['{{ x | tojson(indent=2) }}'],
    ['{{ x is callable }}'],
    ['{{ 2 ** 9 }}'],
    ['{{ namespace({}) }}'],
    ['{{ [].append(1, 2) }}'],
    ['{{ f(*args) }}'],
    ['{{ unclosed '],
    ['{% for x in y %}'],
    ['{{ }}'],
    ['{{ (1 }}'],
    ['{{ "\\q" }}'],
    ['{% set x[0] = 1 %}'],
    ['{% set x | upper %}a{% endset %}'],
  ])('%s', (template) => {
    expect(errorOf(() => new WidgetTemplate(definitionOf(template))).problem).toBe('syntax');
  });
});

describe('what cannot be done is an error', () => {
  test.each([
    ['{% for x in 5 %}{% endfor %}', 'Only lists, objects and texts can be looped over'],
    ['{% for x in none %}{% endfor %}', 'Only lists, objects and texts can be looped over'],
    ['{% for a, b in [[1]] %}{% endfor %}', 'Cannot put 1 values into 2 variables'],
    ['{{ 1 + "a" }}', "'+' cannot be used on values of these types"],
    ['{{ 1 < "a" }}', "'<' cannot be used on values of these types"],
    ['{{ 1 in 2 }}', "'in' cannot be used on values of these types"],
    ['{{ -"a" }}', "'-' cannot be used on values of these types"],
    ['{{ 1 / 0 }}', "The result of '/' is not a number"],
    ['{{ 5[1:] }}', 'Only lists and texts have slices'],
    ['{{ "abc"[::0] }}', 'The step of a slice is an integer other than 0'],
    ['{{ "abc"["a":] }}', 'A slice has bounds that are integers'],
    ['{{ {1: 2} | tojson }}', 'The keys of an object are texts'],
    ['{{ "a".append(1) }}', 'Only lists can be appended to'],
    ['{% set x = {} %}{% set x.y = 1 %}', "'.y' can be set on a namespace only"],
    ['{{ namespace(a=1) }}', 'A namespace is no value'],
  ])('%s', (template, message) => {
    expect(problemOf(() => renderText(template))).toBe(`render: ${message}`);
  });
});

describe('a rendering costs only so much', () => {
  const tooMuch = 'render: The template costs too much to render';

  test.each([
    ['a loop in a loop in a loop', '{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}'],
    ['text that doubles', '{% set ns = namespace(t="ab") %}{% for i in l %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}'],
    ['added text that doubles', '{% set ns = namespace(t="ab") %}{% for i in l %}{% set ns.t = ns.t + ns.t %}{% endfor %}'],
    ['lists that double', '{% set ns = namespace(t=[1]) %}{% for i in l %}{% set ns.t = ns.t + ns.t %}{% endfor %}'],
    ['shared parts, written out', '{% set ns = namespace(t=[1]) %}{% for i in l %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t | tojson }}'],
    ['shared parts, compared', '{% set ns = namespace(t=[1]) %}{% for i in l %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.t == ns.t }}'],
    ['captured text, printed again and again', '{% set t %}{% for a in l %}{% for b in l %}xxxxxxxxxx{% endfor %}{% endfor %}{% endset %}{% for a in l %}{% for b in l %}{{ t }}{% endfor %}{% endfor %}'],
    ['long text, sliced again and again', '{% for a in l %}{% for b in l %}{% for c in l %}{% set x = long[1:] %}{% endfor %}{% endfor %}{% endfor %}'],
  ])('%s', (_, template) => {
    const data = { l: Array.from({ length: 100 }, (_element, index) => index), long: 'x'.repeat(10_000) };
    expect(problemOf(() => renderText(template, data))).toBe(tooMuch);
  });

  test('and how much can be chosen', () => {
    const template = '{% for i in l %}{{ i }}{% endfor %}';
    expect(problemOf(() => renderText(template, { l: [1, 2, 3] }, { maxCost: 10 }))).toBe(tooMuch);
    expect(renderText(template, { l: [1, 2, 3] }, { maxCost: 100_000 })).toBe('123');
  });

  test('a list that holds itself is an error too', () => {
    expect(errorOf(() => renderText('{% set ns = namespace(l=[]) %}{% set _ = ns.l.append(ns.l) %}{{ ns.l | tojson }}')).problem).toBe('render');
  });

  test('a list that grows while it is looped over ends the loop where it began', () => {
    expect(renderText('{% set ns = namespace(l=[1, 2]) %}{% for x in ns.l %}{% set _ = ns.l.append(x) %}{% endfor %}{{ ns.l }}')).toBe('[1,2,1,2]');
  });
});
