import { parseAmount, parseAmounts, parseNumber, type Amount } from './parse-amount.ts';

/** What a sentence asks for. */
export type Intent =
  | { type: 'add'; amount: Amount; price: number | undefined }
  | { type: 'bill'; customer: string; lines: Amount[] }
  | { type: 'quantity'; name: string }
  | { type: 'list' }
  | { type: 'search'; text: string }
  | { type: 'low_stock' }
  | { type: 'recall' }
  | { type: 'greeting' }
  | { type: 'unknown' };

const PRICE = /\s*(?:,\s*)?(?:\bat\b|\bfor\b|@)\s*(?:rs\.?|\$|€|£)?\s*(\d+(?:[.,]\d+)?)\s*(?:rupees|dollars|euros)?\s*(?:each|a piece|apiece|per\s+\w+|\/\s*\w+)?\s*$/i;

/** The grammar of the offline assistant: see GRAMMAR.md. */
export function parseIntent(sentence: string): Intent {
  const text = sentence.trim().replace(/\s+/g, ' ').replace(/^please,? /i, '').replace(/,? please[.!?]*$/i, '').replace(/[.!?]+$/, '');
  return recall(text) ?? bill(text) ?? lowStock(text) ?? quantity(text) ?? list(text) ?? search(text) ?? add(text) ?? greeting(text) ?? { type: 'unknown' };
}

function recall(text: string): Intent | null {
  return /\b(what|which)\b.*\b(i (just )?(ask|said|say|tell|told)|(my )?(last|previous) (question|message|request))|^repeat (my|the) (last )?(question|message)/i.test(text) ? { type: 'recall' } : null;
}

const BILL = /^(?:(?:create|make|write|prepare|new|give me|i need)\s+)?(?:an?\s+|the\s+)?(?:new\s+)?(?:bill|invoice)\s+(?:for\s+|to\s+)?(?<rest>.+)$/i;
/** A name of several words needs a mark after it; one of a single word does not. */
const CUSTOMER = /^(?:(?<full>[\p{L}][\p{L}\p{M} '’.]*?)\s*(?::|,|\s[-–]|\swith\b|\sof\b|\sfor\b)|(?<single>[\p{L}][\p{L}\p{M}'’.]*))\s*(?<lines>.+)$/iu;

function bill(text: string): Intent | null {
  const rest = BILL.exec(text)?.groups?.['rest'];
  const { full, single, lines } = (rest === undefined ? null : CUSTOMER.exec(rest))?.groups ?? {};
  const customer = full ?? single;
  const amounts = lines === undefined ? null : parseAmounts(lines);
  return customer !== undefined && amounts ? { type: 'bill', customer, lines: amounts } : null;
}

function add(text: string): Intent | null {
  const started = /^(?:(?:add|put in|put|stock|stock up|receive|enter)|(?:we |i )?(?:have |'ve |just )*(?:got|received|bought|added|took in))\s+(?:another\s+)?(?<rest>.+)$/i.exec(text)?.groups?.['rest'];
  if (started === undefined) return null;
  const price = PRICE.exec(started);
  const what = (price ? started.slice(0, price.index) : started).replace(/\s+(?:in|to (?:the )?(?:stock|inventory)|into (?:the )?(?:stock|inventory)|today)$/i, '');
  const amount = parseAmount(what);
  return amount && { type: 'add', amount, price: price?.[1] === undefined ? undefined : parseNumber(price[1]) };
}

function quantity(text: string): Intent | null {
  const match =
    /^how (?:much|many) (?<name>.+?)(?: (?:is|are|do we have|have we got|do i have))?(?: (?:left|there|in stock|still))*$/i.exec(text) ??
    /^(?:do we|do i|have we) (?:still )?(?:have|got) (?:any |some )?(?<name>.+?)(?: left| in stock)?$/i.exec(text) ??
    /^(?:is|are) there (?:any |some |still )*(?<name>.+?)(?: left| in stock)?$/i.exec(text) ??
    /^stock of (?<name>.+)$/i.exec(text);
  const name = match?.groups?.['name'];
  return name === undefined ? null : { type: 'quantity', name: name.toLowerCase() };
}

function lowStock(text: string): Intent | null {
  return /\b(running (low|out)|low (on )?stock|low stock|almost (out|gone)|reorder|re-order|order again|restock soon|what(?:'s| is) low)\b/i.test(text) ? { type: 'low_stock' } : null;
}

function list(text: string): Intent | null {
  return /^(?:(?:show|list|print|display|see)(?: me)?(?: the| all| my| our)*\s+)?(?:inventory|stock|items?|everything|articles|products)(?: list)?$|^what(?:'s| is| do we have| have we got)? ?(?:in|on)? ?(?:the )?(?:stock|inventory)$|^what do we have(?: in stock)?$|^check (?:the )?(?:inventory|stock)$/i.test(text)
    ? { type: 'list' } : null;
}

function search(text: string): Intent | null {
  const what = /^(?:find|search(?: for)?|look up|look for|show(?: me)?)\s+(?:the |all )?(?<text>.+)$/i.exec(text)?.groups?.['text'];
  return what === undefined ? null : { type: 'search', text: what.toLowerCase() };
}

function greeting(text: string): Intent | null {
  return /^(?:hi|hello|hey|good (?:morning|afternoon|evening)|help|what can you do|thanks?|thank you)\b/i.test(text) ? { type: 'greeting' } : null;
}
