import { WidgetTemplateError } from '../widget-template-error.js';
import { compileExpression } from './compile-expression.js';
import type { Evaluate } from './compile-expression.js';
import { Namespace } from './namespace.js';
import { unsupported } from './syntax-tree.js';
import type { ArgumentNode, CallNode, ExpressionNode } from './syntax-tree.js';
import { defined } from './undefined.js';

/** The arguments of a call, those without a name and those with one. */
export interface Arguments {
  positional: Evaluate[];
  named: Map<string, Evaluate>;
}

export function compileArguments(nodes: readonly ArgumentNode[]): Arguments {
  const compiled: Arguments = { positional: [], named: new Map() };
  for (const node of nodes) {
    if (node.type === 'KeywordArgumentExpression') compiled.named.set(node.key.value, compileExpression(node.value));
    else compiled.positional.push(compileExpression(node));
  }
  return compiled;
}

function compileNamespace({ positional, named }: Arguments): Evaluate {
  if (positional.length > 0) throw unsupported('a namespace of anything but named values');
  return (scope) => {
    const namespace = new Namespace();
    for (const [name, value] of named) namespace.values.set(name, value(scope));
    return namespace;
  };
}

function compileAppend(list: Evaluate, { positional, named }: Arguments): Evaluate {
  const [element, ...more] = positional;
  if (!element || more.length > 0 || named.size > 0) throw unsupported("'append' with anything but one value");
  return (scope) => {
    const target = defined(list(scope));
    if (!Array.isArray(target)) throw new WidgetTemplateError('render', 'Only lists can be appended to');
    target.push(element(scope));
    return null;
  };
}

function nameOf(callee: ExpressionNode): string {
  return callee.type === 'Identifier' ? ` '${callee.value}'` : '';
}

/** The two calls there are: `namespace(...)` and `list.append(x)`. */
export function compileCall({ callee, args }: CallNode): Evaluate {
  if (callee.type === 'Identifier' && callee.value === 'namespace') return compileNamespace(compileArguments(args));
  if (callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier' && callee.property.value === 'append') {
    return compileAppend(compileExpression(callee.object), compileArguments(args));
  }
  throw unsupported(`the call of a function${nameOf(callee)}`);
}
