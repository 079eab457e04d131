import { WidgetTemplateError } from '../widget-template-error.js';
import { Budget } from './budget.js';
import { compileExpression } from './compile-expression.js';
import { Namespace } from './namespace.js';
import { Scope } from './scope.js';
import { parseTemplate, unsupported } from './syntax-tree.js';
import type { ExpressionNode, StatementNode } from './syntax-tree.js';
import { isTrue, iterate, toText } from './values.js';

/** A statement that is ready to be run: it gives what it prints. */
type Run = (scope: Scope) => string;
/** Puts a value into the variable, or the variables, of a `set` or a loop. */
type Assign = (scope: Scope, value: unknown) => void;

function compileTarget(node: ExpressionNode): Assign {
  if (node.type === 'Identifier') return (scope, value) => scope.set(node.value, value);
  if (node.type === 'TupleLiteral') {
    const targets = node.value.map(compileTarget);
    return (scope, value) => {
      const values = iterate(value, scope.budget);
      if (values.length !== targets.length) throw new WidgetTemplateError('render', `Cannot put ${values.length} values into ${targets.length} variables`);
      targets.forEach((assign, index) => assign(scope, values[index]));
    };
  }
  throw unsupported('this target of an assignment');
}

function compileSetTarget(node: ExpressionNode): Assign {
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return compileTarget(node);
  const container = compileExpression(node.object);
  const name = node.property.value;
  return (scope, value) => {
    const namespace = container(scope);
    if (!(namespace instanceof Namespace)) throw new WidgetTemplateError('render', `'.${name}' can be set on a namespace only`);
    namespace.values.set(name, value);
  };
}

function compileSet(node: Extract<StatementNode, { type: 'Set' }>): Run {
  const assign = compileSetTarget(node.assignee);
  if (node.value) {
    const value = compileExpression(node.value);
    return (scope) => {
      assign(scope, value(scope));
      return '';
    };
  }
  const body = compileBody(node.body);
  return (scope) => {
    assign(scope, body(scope.inner()));
    return '';
  };
}

function loopVariable(index: number, length: number): Record<string, unknown> {
  return {
    index: index + 1,
    index0: index,
    revindex: length - index,
    revindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
  };
}

function compileFor(node: Extract<StatementNode, { type: 'For' }>): Run {
  const { iterable } = node;
  const [listNode, conditionNode] = iterable.type === 'SelectExpression' ? [iterable.lhs, iterable.test] : [iterable];
  const list = compileExpression(listNode);
  const condition = conditionNode ? compileExpression(conditionNode) : undefined;
  const assign = compileTarget(node.loopvar);
  const body = compileBody(node.body);
  const otherwise = compileBody(node.defaultBlock);

  const roundOf = (scope: Scope, element: unknown): Scope => {
    scope.budget.spend(1);
    const round = scope.inner();
    assign(round, element);
    return round;
  };

  return (scope) => {
    const rounds = iterate(list(scope), scope.budget)
      .map((element) => roundOf(scope, element))
      .filter((round) => !condition || isTrue(condition(round)));
    if (rounds.length === 0) return otherwise(scope.inner());
    return rounds
      .map((round, index) => {
        round.set('loop', loopVariable(index, rounds.length));
        return body(round);
      })
      .join('');
  };
}

function compileStatement(node: StatementNode): Run {
  switch (node.type) {
    case 'Comment':
      return () => '';
    case 'If': {
      const condition = compileExpression(node.test);
      const body = compileBody(node.body);
      const alternate = compileBody(node.alternate);
      return (scope) => (isTrue(condition(scope)) ? body(scope) : alternate(scope));
    }
    case 'For':
      return compileFor(node);
    case 'Set':
      return compileSet(node);
    default: {
      const evaluate = compileExpression(node);
      return (scope) => toText(evaluate(scope), scope.budget);
    }
  }
}

function compileBody(nodes: readonly StatementNode[]): Run {
  const statements = nodes.map(compileStatement);
  return (scope) => statements.map((run) => run(scope)).join('');
}

/** A template that is ready to be rendered: `data` is plain JSON, and the whole costs `maxCost` at most. */
export type RenderTemplate = (data: Readonly<Record<string, unknown>>, maxCost: number) => string;

/**
 * Compiles a template to closures, without generating code, so it runs where `eval` is forbidden.
 *
 * @throws WidgetTemplateError when the template is malformed or uses what templates may not.
 */
export function compileTemplate(template: string): RenderTemplate {
  const run = compileBody(parseTemplate(template));
  return (data, maxCost) => {
    const scope = new Scope(new Budget(maxCost));
    for (const [name, value] of Object.entries(data)) scope.set(name, value);
    return run(scope);
  };
}
