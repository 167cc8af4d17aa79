// Finds a question in the queue: letters leave what fits, Enter looks at the first of them, Escape shows all again.
import { fill } from './announce.js';

const box = document.querySelector('[data-queue-find]');
const field = box.querySelector('input');
const found = box.querySelector('[data-queue-found]');
const rows = () => [...document.querySelectorAll('.queue__list > li')];
/** Without accents, which nobody types in a hurry. */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function filter() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  for (const row of rows()) row.hidden = !words.every((word) => plain(row.textContent).includes(word));
  const n = rows().filter((row) => !row.hidden).length;
  found.textContent = words.length ? fill(found.dataset.wordFound, { n, total: rows().length }) : '';
}

field.addEventListener('input', filter);
field.addEventListener('keydown', (event) => {
  if (event.isComposing || !['Escape', 'Enter'].includes(event.key)) return;
  event.preventDefault();
  if (event.key === 'Enter') { rows().find((row) => !row.hidden)?.querySelector('a')?.click(); return; }
  field.value = '';
  filter();
  document.getElementById('main').focus();
});
// the queue came anew: what was filtered is filtered still
document.addEventListener('fragment:loaded', ({ target }) => { if (target.id === 'queue') filter(); });
box.hidden = false;
