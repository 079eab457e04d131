import { compileArguments } from './compile-call.js';
import type { Arguments } from './compile-call.js';
import type { Evaluate } from './compile-expression.js';
import { unsupported } from './syntax-tree.js';
import type { CallNode, IdentifierNode } from './syntax-tree.js';
import { Undefined } from './undefined.js';
import { isTrue, toJson } from './values.js';

function compileDefault(operand: Evaluate, { positional, named }: Arguments): Evaluate {
  const fallback = positional[0] ?? named.get('default_value') ?? (() => '');
  const replacesEmpty = positional[1] ?? named.get('boolean') ?? (() => false);
  return (scope) => {
    const value = operand(scope);
    if (value instanceof Undefined) return fallback(scope);
    return isTrue(replacesEmpty(scope)) && !isTrue(value) ? fallback(scope) : value;
  };
}

function filterNameOf(filter: IdentifierNode | CallNode): string {
  if (filter.type === 'Identifier') return filter.value;
  return filter.callee.type === 'Identifier' ? filter.callee.value : '';
}

/** The two filters there are: `tojson` and `default` (also `d`). */
export function compileFilter(filter: IdentifierNode | CallNode, operand: Evaluate): Evaluate {
  const name = filterNameOf(filter);
  const args = compileArguments(filter.type === 'Identifier' ? [] : filter.args);
  switch (name) {
    case 'tojson':
      if (args.positional.length > 0 || args.named.size > 0) throw unsupported("'tojson' with arguments");
      return (scope) => toJson(operand(scope), scope.budget);
    case 'default':
    case 'd':
      return compileDefault(operand, args);
    default:
      throw unsupported(`the filter '${name}'`);
  }
}
