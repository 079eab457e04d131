/** Draws the trails; one element each, with the trail's id. */
export async function showTrails(target) {
  const trails = await (await fetch('/trails.json')).json();
  target.replaceChildren(...trails.map((trail) => {
    const section = document.createElement('section');
    section.id = trail.id;
    section.className = 'trail';
    const heading = document.createElement('h2');
    heading.textContent = trail.name;
    const facts = document.createElement('p');
    facts.className = 'facts';
    facts.textContent = `${trail.kilometres} km · ${trail.ascent} m up`;
    const text = document.createElement('p');
    text.textContent = trail.text;
    section.append(heading, facts, text);
    return section;
  }));
  rememberSelection(target);
  return trails;
}

/** Scrolls to a trail and marks it; no other stays marked. */
export function markTrail(id) {
  for (const section of document.querySelectorAll('.trail')) section.classList.toggle('marked', section.id === id);
  document.getElementById(id)?.scrollIntoView({ behavior: 'smooth', block: 'center' });
}

let remembered = { text: '', trail: '' };

/** Writing to the guide takes the selection away, so the last one on the trails is kept. */
function rememberSelection(target) {
  document.addEventListener('selectionchange', () => {
    const current = getSelection();
    if (!current?.anchorNode || !target.contains(current.anchorNode)) return;
    const section = current.anchorNode.parentElement?.closest('.trail');
    remembered = { text: String(current).trim(), trail: section?.id ?? '' };
  });
}

export function selection() {
  return remembered;
}
