import { element } from './chat-form.js';

/** A structured reply as a table; null when its text says it all. */
export function showReply(type, data) {
  if (type === 'bill_created') {
    const lines = data.lines.map((line) => [`${capitalize(line.name)}, ${line.quantity} ${line.unit} at ${line.price}`, line.amount]);
    return table(`Bill ${data.number}: ${data.customer}`, [...lines, ['Total', data.total]], true);
  }
  if (type === 'item_list') return table(data.title, data.items.map((item) => [capitalize(item.name), `${item.quantity} ${item.unit}`]));
  return null;
}

function table(title, rows, withTotal = false) {
  const reply = element('section', 'reply', { 'aria-label': title });
  const body = document.createElement('table');
  rows.forEach(([name, value], index) => {
    const row = body.insertRow();
    if (withTotal && index === rows.length - 1) row.className = 'total';
    row.insertCell().textContent = name;
    row.insertCell().textContent = value;
  });
  reply.append(element('h2', '', {}, title), body);
  return reply;
}

function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
