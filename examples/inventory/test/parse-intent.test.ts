import { describe, expect, it } from 'vitest';
import { parseIntent, type Intent } from '../src/offline-model/parse-intent.ts';

const add = (quantity: number, unit: string | undefined, name: string, price?: number): Intent => ({ type: 'add', amount: { quantity, unit, name }, price });
const bill = (customer: string, ...lines: [number, string | undefined, string][]): Intent => ({
  type: 'bill', customer, lines: lines.map(([quantity, unit, name]) => ({ quantity, unit, name })),
});
const quantity = (name: string): Intent => ({ type: 'quantity', name });

const sentences: [string, Intent][] = [
  ['Add 10kg sugar at 150', add(10, 'kg', 'sugar', 150)],
  ['add 10 kg of sugar at 150 each', add(10, 'kg', 'sugar', 150)],
  ['we got 5 crates of eggs in', add(5, 'crate', 'eggs')],
  ['We just received 20 bottles of milk at 60 each.', add(20, 'bottle', 'milk', 60)],
  ['received two boxes of tea for 200 each', add(2, 'box', 'tea', 200)],
  ['bought 4kg rice', add(4, 'kg', 'rice')],
  ['Please add 12 apples', add(12, undefined, 'apples')],
  ['put in half a litre of olive oil at 9.50', add(0.5, 'l', 'olive oil', 9.5)],
  ['stock 3 dozen eggs @ 30', add(3, 'dozen', 'eggs', 30)],
  ['I got another 2 bags of flour to the stock', add(2, 'bag', 'flour')],
  ['Add 500g butter, at $4', add(500, 'g', 'butter', 4)],
  ['Create a bill for Ali: 2kg sugar', bill('Ali', [2, 'kg', 'sugar'])],
  ['Create a bill for Ali: 2kg sugar and 1 tea', bill('Ali', [2, 'kg', 'sugar'], [1, undefined, 'tea'])],
  ['bill Sara 3kg rice, 2 bottles of milk', bill('Sara', [3, 'kg', 'rice'], [2, 'bottle', 'milk'])],
  ['make an invoice for Omar with 2 eggs', bill('Omar', [2, undefined, 'eggs'])],
  ['new bill for Ali Khan - 500g sugar', bill('Ali Khan', [500, 'g', 'sugar'])],
  ['write a bill for Zoë: one tea, two apples and 3 kg rice', bill('Zoë', [1, undefined, 'tea'], [2, undefined, 'apples'], [3, 'kg', 'rice'])],
  ['give me a bill for Ben: a crate of eggs, please', bill('Ben', [1, 'crate', 'eggs'])],
  ['how much rice is left?', quantity('rice')],
  ['How many eggs do we have?', quantity('eggs')],
  ['how much sugar', quantity('sugar')],
  ['do we have any sugar?', quantity('sugar')],
  ['have we got some olive oil left?', quantity('olive oil')],
  ['is there any milk in stock?', quantity('milk')],
  ['stock of tea', quantity('tea')],
  ['show inventory', { type: 'list' }],
  ['Show me the inventory, please', { type: 'list' }],
  ['list items', { type: 'list' }],
  ['Check inventory', { type: 'list' }],
  ['what do we have in stock?', { type: 'list' }],
  ["what's in stock?", { type: 'list' }],
  ['find tea', { type: 'search', text: 'tea' }],
  ['search for basmati rice', { type: 'search', text: 'basmati rice' }],
  ['look up eggs', { type: 'search', text: 'eggs' }],
  ['what is running low?', { type: 'low_stock' }],
  ['low stock report', { type: 'low_stock' }],
  ['What should I reorder?', { type: 'low_stock' }],
  ['what did I just ask you?', { type: 'recall' }],
  ['What was my last question?', { type: 'recall' }],
  ['repeat my question', { type: 'recall' }],
  ['hello', { type: 'greeting' }],
  ['what can you do?', { type: 'greeting' }],
  ['Thanks!', { type: 'greeting' }],
  ['sing me a song about the sea', { type: 'unknown' }],
  ['add some joy to my day', { type: 'unknown' }],
];

describe('the offline grammar', () => {
  it.each(sentences)('understands “%s”', (sentence, intent) => {
    expect(parseIntent(sentence)).toEqual(intent);
  });
});
