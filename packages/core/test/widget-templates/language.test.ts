import { describe, expect, test } from 'vitest';
import { renderText, renderValues } from './render.js';

describe('output', () => {
  test.each<[string, object, unknown]>([
    ['{{ (name) | tojson }}', { name: 'Ada' }, 'Ada'],
    ['{{(name)|tojson}}', { name: 'Ada' }, 'Ada'],
    ['{{ name | tojson }}', { name: 'say "hi" \u2028 <b>&\'' }, 'say "hi" \u2028 <b>&\''],
    ['{{ (user.image) | tojson }}', { user: { image: null } }, null],
    ['{{ user["full name"] | tojson }}', { user: { 'full name': 'A' } }, 'A'],
    ['{{ user[key] | tojson }}', { user: { a: 1 }, key: 'a' }, 1],
    ['{{ items[0].id | tojson }}', { items: [{ id: 7 }] }, 7],
    ['{{ items.0 | tojson }}', { items: ['x'] }, 'x'],
    ['{{ items[-1] | tojson }}', { items: [1, 2] }, 2],
    ['{{ (("a\\n\\n1. **x** \\"q\\" \\u00e9")) | tojson }}', {}, 'a\n\n1. **x** "q" é'],
    ["{{ 'it''s' 'x' | tojson }}", {}, 'itsx'],
    ['{{ data | tojson }}', { data: { b: [1, null, { c: 'd' }], a: 1.5 } }, { b: [1, { c: 'd' }], a: 1.5 }],
    ['{{ 5 }}', {}, 5],
    ['{{ -1.5 }}', {}, -1.5],
  ])('%s with %j is %j', (template, data, expected) => {
    expect(renderValues(template, data)).toEqual(expected === null ? [] : [expected]);
  });

  test.each<[string, object, string]>([
    ['{{ x }}', { x: '<b> & raw' }, '<b> & raw'],
    ['{{ x }}', { x: true }, 'True'],
    ['{{ x }}', { x: false }, 'False'],
    ['{{ x }}', { x: null }, 'None'],
    ['{{ x }}', { x: 12 }, '12'],
    ['{{ [1, 2] }}', {}, '[1,2]'],
    ['a {#- a comment -#} b', {}, 'ab'],
    ['a {# {{ nothing }} #}b', {}, 'a b'],
    ['a {{- x -}} b', { x: 1 }, 'a1b'],
    ['a {%- if x -%} b {%- endif -%} c', { x: 1 }, 'abc'],
  ])('%s with %j prints %j', (template, data, expected) => {
    expect(renderText(template, data)).toBe(expected);
  });

  test('one trailing newline of the template is dropped', () => {
    expect(renderValues('{% set x %}a\n{% endset %}{{ x | tojson }}')).toEqual(['a\n']);
  });
});

describe('expressions', () => {
  test.each<[string, object, unknown]>([
    ["_c[1:] if _c and _c[0] == ',' else _c", { _c: ',a' }, 'a'],
    ["_c[1:] if _c and _c[0] == ',' else _c", { _c: 'a' }, 'a'],
    ["_c[1:] if _c and _c[0] == ',' else _c", { _c: '' }, ''],
    ['"yes" if 1 > 2 else "no" if x else "?"', { x: [] }, '?'],
    ['a and b or c', { a: '', b: 1, c: 2 }, 2],
    ['a and b or c', { a: 'x', b: 'y', c: 2 }, 'y'],
    ['x or "d"', { x: {} }, 'd'],
    ['not x', { x: [] }, true],
    ['not not x', { x: 'a' }, true],
    ['not a == b', { a: 1, b: 2 }, true],
    ['"a" ~ 1 ~ true ~ none', {}, 'a1TrueNone'],
    ['1 + 2 * 3 - 4 / 2', {}, 5],
    ['7 // 2', {}, 3],
    ['-7 // 2', {}, -4],
    ['-7 % 3', {}, 2],
    ['-(x)', { x: 2 }, -2],
    ['true + 1', {}, 2],
    ['false < true', {}, true],
    ['"a" + "b"', {}, 'ab'],
    ['[1] + [2]', {}, [1, 2]],
    ['1 < 2', {}, true],
    ['"b" >= "a"', {}, true],
    ['1 != 1.0', {}, false],
    ['true == 1', {}, true],
    ['[1, {"a": 2}] == x', { x: [1, { a: 2 }] }, true],
    ['none == 0', {}, false],
    ['"1" == 1', {}, false],
    ['"b" in "abc"', {}, true],
    ['2 in [1, 2]', {}, true],
    ['"a" in {"a": 1}', {}, true],
    ['"toString" in x', { x: {} }, false],
    ['3 not in [1, 2]', {}, true],
    ['[1, 2,]', {}, [1, 2]],
    ['{"a": {"b": [true, none],},}', {}, { a: { b: [true] } }],
    ['(1, 2)', {}, [1, 2]],
    ['True', {}, true],
  ])('%s with %j is %j', (expression, data, expected) => {
    expect(renderValues(`{{ (${expression}) | tojson }}`, data)).toEqual([expected]);
  });

  test.each<[string, unknown]>([
    ['x[1:]', 'bcd'],
    ['x[:2]', 'ab'],
    ['x[1:3]', 'bc'],
    ['x[-2:]', 'cd'],
    ['x[:-1]', 'abc'],
    ['x[:]', 'abcd'],
    ['x[9:]', ''],
    ['x[-9:2]', 'ab'],
    ['x[::2]', 'ac'],
    ['x[::-1]', 'dcba'],
    ['x[2::-1]', 'cba'],
    ['x[3:0:-2]', 'db'],
    ['x[0]', 'a'],
    ['list[1:]', [2, 3]],
    ['emoji[1]', 'b'],
    ['emoji[:1]', '\u{1f600}'],
  ])('the slice %s is %j', (expression, expected) => {
    expect(renderValues(`{{ (${expression}) | tojson }}`, { x: 'abcd', list: [1, 2, 3], emoji: '\u{1f600}b' })).toEqual([expected]);
  });

  test.each([['""', false], ['[]', false], ['{}', false], ['0', false], ['false', false], ['none', false], ['"0"', true], ['[0]', true], ['{"a": none}', true], ['-1', true]])(
    '%s is %s as a condition',
    (expression, expected) => {
      expect(renderValues(`{{ (true if ${expression} else false) | tojson }}`)).toEqual([expected]);
    },
  );

  test.each<[string, boolean]>([
    ['x is none', false],
    ['x is not none', true],
    ['n is none', true],
    ['n is not none', false],
    ['x is defined', true],
    ['missing is defined', false],
    ['missing is not defined', true],
    ['missing is undefined', true],
    ['missing is none', false],
    ['missing is not none', true],
    ['n.property is defined', false],
    ['x.length is defined', false],
    ['o.missing is defined', false],
    ['x is string', true],
    ['1 is number', true],
    ['true is boolean', true],
    ['true is true', true],
    ['1 is false', false],
  ])('%s is %s', (expression, expected) => {
    expect(renderValues(`{{ (${expression}) | tojson }}`, { x: 'a', n: null, o: {} })).toEqual([expected]);
  });
});

describe('the default filter', () => {
  test.each<[string, unknown]>([
    ['missing|default("d")', 'd'],
    ['o.missing | default([])', []],
    ['missing | d(1)', 1],
    ['missing | default', ''],
    ['x | default("d")', ''],
    ['x | default("d", true)', 'd'],
    ['x | default(default_value="d", boolean=true)', 'd'],
    ['n | default("d")', null],
  ])('%s is %j', (expression, expected) => {
    expect(renderValues(`{{ [${expression}] | tojson }}`, { x: '', n: null, o: {} })).toEqual([expected === null ? [] : [expected]]);
  });
});

describe('statements', () => {
  test('if, elif and else choose one branch', () => {
    const template = '{% if n > 1 %}many{% elif n == 1 %}one{% else %}none{% endif %}';
    expect([0, 1, 2].map((n) => renderText(template, { n }))).toEqual(['none', 'one', 'many']);
  });

  test('the list idiom puts commas between what a loop prints', () => {
    const list = (items: unknown[]): unknown =>
      renderValues('{%- set _c -%} {%-for item in items -%},{"type":"Text","value":{{ (item.id) | tojson }}}{%-endfor-%} {%- endset -%}{{- (_c[1:] if _c and _c[0] == \',\' else _c) -}}', { items });
    expect(list([])).toEqual([]);
    expect(list([{ id: 'a' }, { id: 'b' }])).toEqual([{ type: 'Text', value: 'a' }, { type: 'Text', value: 'b' }]);
  });

  test('an inner capture of the same name leaves the outer one alone', () => {
    const template = `{%- set _c -%}{%- for row in rows -%},[
      {%- set _c -%}{%- for cell in row -%},{{ cell | tojson }}{%- endfor -%}{%- endset -%}{{- (_c[1:] if _c else _c) -}}
    ]{%- endfor -%}{%- endset -%}{{- _c[1:] -}}`;
    expect(renderValues(template, { rows: [[1, 2], [], [3]] })).toEqual([[1, 2], [], [3]]);
  });

  test('a capture has its value only from its end on', () => {
    expect(renderText('{% set x = 1 %}{% set x %}{{ x }}{% set x = 2 %}{{ x }}{% endset %}{{ x }}')).toBe('12');
  });

  test('what is set in a loop stays in its round', () => {
    expect(renderText('{% set x = 0 %}{% for i in [1, 2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}')).toBe('01020');
  });

  test('the loop variable is gone after the loop, and an outer one of its name is untouched', () => {
    expect(renderText('{% for i in [1] %}{% endfor %}{{ i }}', { i: 'data' })).toBe('data');
    expect(renderText('{% for i in [1] %}{% endfor %}{{ i is defined }}')).toBe('False');
  });

  test('what is set in a branch is set around it', () => {
    expect(renderText('{% if true %}{% set x = 1 %}{% endif %}{{ x }}')).toBe('1');
  });

  test('a namespace carries values out of a loop', () => {
    const template = '{% set ns = namespace(list=[], n=0) %}{% for i in [1, 2, 3] if i != 2 %}{% set ns.n = ns.n + i %}{% set _ = ns.list.append({"i": i}) %}{% endfor %}{{ [ns.n, ns.list] | tojson }}';
    expect(renderValues(template)).toEqual([[4, [{ i: 1 }, { i: 3 }]]]);
  });

  test('a loop knows where it is', () => {
    const template = '{% for x in "abc" %}{{ loop.index }}{{ loop.index0 }}{{ loop.length }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{% if not loop.last %},{% endif %}{% endfor %}';
    expect(renderText(template)).toBe('1033TrueFalse,2132FalseFalse,3231FalseTrue');
  });

  test('an inner loop has a loop of its own', () => {
    expect(renderText('{% for x in [1, 2] %}{% for y in [1] %}{{ loop.length }}{% endfor %}{{ loop.length }}{% endfor %}')).toBe('1212');
  });

  test('a loop over nothing takes its else', () => {
    expect(renderText('{% for x in [] %}a{% else %}b{% endfor %}')).toBe('b');
    expect(renderText('{% for x in [1] if x > 1 %}a{% else %}b{% endfor %}')).toBe('b');
  });

  test('a loop goes over the keys of an object, and takes pairs apart', () => {
    expect(renderText('{% for key in o %}{{ key }}{% endfor %}', { o: { a: 1, b: 2 } })).toBe('ab');
    expect(renderText('{% for k, v in [["a", 1]] %}{{ k }}{{ v }}{% endfor %}{% set a, b = [1, 2] %}{{ b }}')).toBe('a12');
  });
});
