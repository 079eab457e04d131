import * as fc from 'fast-check';
import * as z from 'zod';

/** A reply whose data is easy to find in a text. */
export const replySchema = z.object({ sku: z.string().startsWith('SKU-'), amount: z.number() });
export const reply = { type: 'item', data: { sku: 'SKU-1', amount: 3 } };

const line = fc.constantFrom('Here it is:', 'Sure. Use {braces} here', 'a [link](x)', '- a list', '  indented', 'ends with {', '');
const prose = fc.array(line, { maxLength: 3 }).map((lines) => lines.map((text) => `${text}\n`).join(''));
const code = fc.constantFrom('```ts\nconst a = {\n  b: 1,\n};\n```\n', '```js\n{"type":"example"}\n```\n', '```python\nprint("{")\n``` \n', '');
const json = fc.constantFrom(JSON.stringify(reply), JSON.stringify(reply, null, 2));
const compact = JSON.stringify(reply);
const onOneLine = fc.constantFrom(`\`\`\`json ${compact} \`\`\``, `\`\`\`${compact}\`\`\``, `Done! ${compact}`, `Done! \`${compact}\` Anything else?`, `Not {this} {"or": "this"} but ${compact} it is.`, `Done: ${JSON.stringify(reply, null, 2)}`);
const block = fc.oneof(onOneLine, json, json.map((text) => `\`\`\`json\n${text}\n\`\`\``), json.map((text) => `\`\`\`\n${text}\n\`\`\``), json.map((text) => `  ${text}`));

/** Whether JSON names itself as the reply does. */
export function isNamed(value: object): boolean {
  return 'type' in value && value.type === reply.type;
}

/** An answer with a reply somewhere in it. */
export const answerWithReply: fc.Arbitrary<string> = fc.tuple(prose, code, prose, block, prose).map(([before, example, between, found, after]) => `${before}${example}${between}${found}\n${after}`);

/** The same text, in pieces. */
export function inPieces(text: string, cuts: number[]): string[] {
  const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => text.slice(start, at[index] ?? text.length)).filter((piece) => piece !== '');
}
