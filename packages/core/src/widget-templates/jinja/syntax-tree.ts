import { parse, tokenize } from '@huggingface/jinja';
import { WidgetTemplateError } from '../widget-template-error.js';

// The parser's package does not export the types of its nodes; these are the ones that templates may use.
export interface IdentifierNode { type: 'Identifier'; value: string }
export interface SliceNode {
  type: 'SliceExpression';
  start?: ExpressionNode | undefined;
  stop?: ExpressionNode | undefined;
  step?: ExpressionNode | undefined;
}
export interface KeywordArgumentNode { type: 'KeywordArgumentExpression'; key: IdentifierNode; value: ExpressionNode }
export type ArgumentNode = ExpressionNode | KeywordArgumentNode;
export interface MemberNode { type: 'MemberExpression'; object: ExpressionNode; property: ExpressionNode | SliceNode; computed: boolean }
export interface CallNode { type: 'CallExpression'; callee: ExpressionNode; args: ArgumentNode[] }

export type ExpressionNode =
  | IdentifierNode
  | MemberNode
  | CallNode
  | { type: 'IntegerLiteral' | 'FloatLiteral'; value: number }
  | { type: 'StringLiteral'; value: string }
  | { type: 'ArrayLiteral' | 'TupleLiteral'; value: ExpressionNode[] }
  | { type: 'ObjectLiteral'; value: Map<ExpressionNode, ExpressionNode> }
  | { type: 'BinaryExpression'; operator: { value: string }; left: ExpressionNode; right: ExpressionNode }
  | { type: 'UnaryExpression'; operator: { value: string }; argument: ExpressionNode }
  | { type: 'FilterExpression'; operand: ExpressionNode; filter: IdentifierNode | CallNode }
  | { type: 'TestExpression'; operand: ExpressionNode; negate: boolean; test: IdentifierNode }
  | { type: 'Ternary'; condition: ExpressionNode; trueExpr: ExpressionNode; falseExpr: ExpressionNode }
  | { type: 'SelectExpression'; lhs: ExpressionNode; test: ExpressionNode };

/** Text between tags is a `StringLiteral`, and printed like one. */
export type StatementNode =
  | ExpressionNode
  | { type: 'Comment' }
  | { type: 'If'; test: ExpressionNode; body: StatementNode[]; alternate: StatementNode[] }
  | { type: 'For'; loopvar: ExpressionNode; iterable: ExpressionNode; body: StatementNode[]; defaultBlock: StatementNode[] }
  | { type: 'Set'; assignee: ExpressionNode; value: ExpressionNode | null; body: StatementNode[] };

// For the same reason its functions have no types either where imports are resolved as Node does.
const parseTokens = parse as unknown as (tokens: unknown) => { body: StatementNode[] };
const tokensOf = tokenize as unknown as (template: string) => unknown;

/** Parses a template. Nodes of other types than the above may come out too; compiling refuses them. */
export function parseTemplate(template: string): StatementNode[] {
  try {
    return parseTokens(tokensOf(template)).body;
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'a tag is malformed or not closed';
    throw new WidgetTemplateError('syntax', `The template cannot be parsed: ${reason}`);
  }
}

/** The refusal of what a template may not use. */
export function unsupported(what: string): WidgetTemplateError {
  return new WidgetTemplateError('syntax', `Widget templates do not support ${what}`);
}
