import { WidgetTemplateError } from '../widget-template-error.js';
import { compileCall } from './compile-call.js';
import { compileFilter } from './compile-filter.js';
import { binaryOperators, signed } from './operators.js';
import type { Scope } from './scope.js';
import { unsupported } from './syntax-tree.js';
import type { ExpressionNode, MemberNode, SliceNode } from './syntax-tree.js';
import { Undefined } from './undefined.js';
import { isTrue, lookUp, slice } from './values.js';

/** An expression that is ready to be evaluated, many times. */
export type Evaluate = (scope: Scope) => unknown;

const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true], ['True', true], ['false', false], ['False', false], ['none', null], ['None', null],
]);

const tests: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['defined', (value) => !(value instanceof Undefined)],
  ['undefined', (value) => value instanceof Undefined],
  // A name that is not there is not none: `x is not none` holds for it.
  ['none', (value) => value === null],
  ['true', (value) => value === true],
  ['false', (value) => value === false],
  ['boolean', (value) => typeof value === 'boolean'],
  ['number', (value) => typeof value === 'number'],
  ['string', (value) => typeof value === 'string'],
]);

/** How an expression is called in messages: `user.name`, `items[...]`. */
function pathOf(node: ExpressionNode): string {
  if (node.type === 'Identifier') return node.value;
  if (node.type !== 'MemberExpression') return '(...)';
  const { property } = node;
  const isName = !node.computed && (property.type === 'Identifier' || property.type === 'IntegerLiteral');
  return isName ? `${pathOf(node.object)}.${property.value}` : `${pathOf(node.object)}[...]`;
}

function compileSlice(container: Evaluate, bounds: SliceNode): Evaluate {
  const [start, stop, step] = [bounds.start, bounds.stop, bounds.step].map((bound) => (bound ? compileExpression(bound) : undefined));
  return (scope) => slice(container(scope), { start: start?.(scope), stop: stop?.(scope), step: step?.(scope) }, scope.budget);
}

function compileMember(node: MemberNode): Evaluate {
  const container = compileExpression(node.object);
  const { property } = node;
  if (property.type === 'SliceExpression') return compileSlice(container, property);
  const path = pathOf(node);
  if (!node.computed && property.type === 'Identifier') return (scope) => lookUp(container(scope), property.value, path, scope.budget);
  const key = compileExpression(property);
  return (scope) => lookUp(container(scope), key(scope), path, scope.budget);
}

function compileObject(entries: Map<ExpressionNode, ExpressionNode>): Evaluate {
  const compiled = Array.from(entries, ([key, value]) => [compileExpression(key), compileExpression(value)] as const);
  return (scope) => {
    const pairs = compiled.map(([key, value]) => [key(scope), value(scope)] as const);
    if (pairs.some(([key]) => typeof key !== 'string')) throw new WidgetTemplateError('render', 'The keys of an object are texts');
    return Object.fromEntries(pairs) as unknown;
  };
}

function compileBinary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  if (operator === 'and' || operator === 'or') {
    const decides = operator === 'or';
    return (scope) => {
      const value = left(scope);
      return isTrue(value) === decides ? value : right(scope);
    };
  }
  const apply = binaryOperators.get(operator);
  if (!apply) throw unsupported(`the operator '${operator}'`);
  return (scope) => apply(left(scope), right(scope), scope.budget);
}

function compileUnary(operator: string, argument: Evaluate): Evaluate {
  if (operator === 'not') return (scope) => !isTrue(argument(scope));
  if (operator === '-' || operator === '+') return (scope) => signed(operator, argument(scope));
  throw unsupported(`the operator '${operator}'`);
}

function compileTest(name: string, operand: Evaluate, negate: boolean): Evaluate {
  const test = tests.get(name);
  if (!test) throw unsupported(`the test '${name}'`);
  return (scope) => test(operand(scope)) !== negate;
}

function compileChoice(condition: Evaluate, chosen: Evaluate, other: Evaluate): Evaluate {
  return (scope) => (isTrue(condition(scope)) ? chosen(scope) : other(scope));
}

function compileNode(node: ExpressionNode): Evaluate {
  switch (node.type) {
    case 'Identifier':
      return constants.has(node.value) ? () => constants.get(node.value) : (scope) => scope.get(node.value);
    case 'IntegerLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
      return () => node.value;
    case 'ArrayLiteral':
    case 'TupleLiteral': {
      const elements = node.value.map(compileExpression);
      return (scope) => elements.map((element) => element(scope));
    }
    case 'ObjectLiteral':
      return compileObject(node.value);
    case 'MemberExpression':
      return compileMember(node);
    case 'CallExpression':
      return compileCall(node);
    case 'FilterExpression':
      return compileFilter(node.filter, compileExpression(node.operand));
    case 'BinaryExpression':
      return compileBinary(node.operator.value, compileExpression(node.left), compileExpression(node.right));
    case 'UnaryExpression':
      return compileUnary(node.operator.value, compileExpression(node.argument));
    case 'TestExpression':
      return compileTest(node.test.value, compileExpression(node.operand), node.negate);
    case 'Ternary':
      return compileChoice(compileExpression(node.condition), compileExpression(node.trueExpr), compileExpression(node.falseExpr));
    case 'SelectExpression':
      return compileChoice(compileExpression(node.test), compileExpression(node.lhs), () => new Undefined('the value of an if without else'));
    default:
      throw unsupported(`'${(node satisfies never as ExpressionNode).type}' in expressions`);
  }
}

/** @throws WidgetTemplateError for what templates may not use. */
export function compileExpression(node: ExpressionNode): Evaluate {
  const evaluate = compileNode(node);
  return (scope) => {
    scope.budget.spend(1);
    return evaluate(scope);
  };
}
