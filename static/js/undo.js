// The last 20 steps of a card, taken back one by one. Typing in a text has the browser's own undo.
import { announce, fill } from './announce.js';
import { cardOf } from './autosave.js';

const MOST = 20;
const stack = [];
let working = false;

document.addEventListener('autosave:set', ({ target, detail }) => {
  if (working || !detail.undo) return;
  stack.push({ root: target, key: detail.key, before: detail.before });
  if (stack.length > MOST) stack.shift();
});

/** Takes one step back; false when there is none. */
export function undo() {
  const step = stack.pop();
  if (!step) return false;
  const card = cardOf(step.root);
  const now = card.value(step.key);
  const value = step.key.startsWith('evidence:') && !step.before ? { ...now, deleted: true } : step.before ?? null;
  working = true;
  card.change(step.key, value?.text !== undefined && !value.deleted ? { ...value, deleted: false } : value, { undo: false });
  working = false;
  const words = document.querySelector('[data-say-undone]')?.dataset.sayUndone;
  announce(fill(words, { n: stack.length }));
  document.dispatchEvent(new CustomEvent('undo:done', { detail: step }));
  return true;
}

document.addEventListener('click', (event) => { if (event.target.closest('[data-undo]')) undo(); });
