// Rows in an order of one's own: by drag, by Alt with an arrow, by the buttons. The answer of the server is the order.
import { announce, fill } from './announce.js';
import { load } from './fragments.js';

const list = document.querySelector('[data-reorder]');
const EDGE = 64;                                               // so near to the edge of the screen the page scrolls
let drag = null;
let turn = Promise.resolve();

const order = () => list.querySelector('#order');
const rowOf = (id) => list.querySelector(`[data-row="${CSS.escape(id)}"]`);
const placeOf = (row) => Number(row.dataset.place);

/** One move after the other, each based on the version that the one before it made. */
function move(id, values, focus) {
  turn = turn.then(() => send(id, values, focus));
}

async function send(id, values, focus) {
  const { version } = order().elements;
  const kept = typed();
  let answered = false;
  list.addEventListener('fragment:loaded', () => { answered = true; }, { once: true });
  await load(list, order().action, { method: 'POST', body: new URLSearchParams({ version: version.value, ...values }) });
  if (!answered || !order()) return;
  retype(kept);
  if (!document.activeElement || document.activeElement === document.body) {
    (document.getElementById(focus) ?? document.getElementById(`grip-${id}`))?.focus({ preventScroll: true });
    if (document.activeElement === document.body) document.getElementById(`grip-${id}`)?.focus({ preventScroll: true });
  }
  if (!list.querySelector('[data-not-moved]')) arrived(id);
}

/** The move was made: nobody else has changed the set since, so what stands beside the list is based on the newest, too. */
function arrived(id) {
  const { here, said } = order().dataset;
  for (const field of document.querySelectorAll('[data-set-version]')) field.value = order().elements.version.value;
  history.replaceState(history.state, '', here);
  const row = rowOf(id);
  if (!row) return;
  row.scrollIntoView({ block: 'nearest' });
  announce(fill(said, { title: row.dataset.title, place: row.dataset.place, total: list.querySelector('[data-total]')?.dataset.total }));
}

/** What is ticked and typed in the list, which the answer does not know. */
function typed() {
  return [...list.querySelectorAll('#changes :is(input, select)[id]')].map((field) => ({ id: field.id, value: field.value, checked: field.checked }));
}

function retype(kept) {
  for (const { id, value, checked } of kept) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (field.type === 'checkbox') field.checked = checked; else field.value = value;
  }
}

list.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (event.target !== order() || !button?.value) return;
  event.preventDefault();
  move(button.value, { [button.name]: button.value }, button.id);
});

list.addEventListener('keydown', (event) => {
  const row = event.target.closest('[data-row]');
  const step = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  if (!row || !step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const id = row.dataset.row;
  if (row.querySelector(`[name="${step}"]`).disabled) {
    announce(fill(order().dataset.saidEdge, { title: row.dataset.title }));
    return;
  }
  move(id, { [step]: id }, event.target.id);
});

list.addEventListener('pointerdown', (event) => {
  const grip = event.target.closest('[data-grip]');
  if (!grip || event.button || drag) return;
  event.preventDefault();
  grip.focus({ preventScroll: true });
  grip.setPointerCapture(event.pointerId);
  const row = grip.closest('[data-row]');
  row.dataset.dragged = '';
  drag = { row, pointer: event.pointerId, y: event.clientY, target: null };
  requestAnimationFrame(scroll);
});

list.addEventListener('pointermove', (event) => {
  if (event.pointerId !== drag?.pointer) return;
  drag.y = event.clientY;
  mark();
});

list.addEventListener('pointerup', (event) => {
  if (event.pointerId !== drag?.pointer) return;
  const { row, target } = drag;
  let place = target && placeOf(target.row) + (target.side === 'after' ? 1 : 0);
  if (place > placeOf(row)) place -= 1;                         // its own place becomes free
  end();
  if (target && place !== placeOf(row)) move(row.dataset.row, { question: row.dataset.row, place }, `grip-${row.dataset.row}`);
});
list.addEventListener('pointercancel', end);
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') end(); });

/** Shows where the row would be dropped: before the first whose middle is below the pointer, else after the last. */
function mark() {
  unmark();
  const rows = [...list.querySelectorAll('[data-row]')];
  const below = rows.find((row) => { const box = row.getBoundingClientRect(); return drag.y < box.top + box.height / 2; });
  drag.target = below ? { row: below, side: 'before' } : { row: rows.at(-1), side: 'after' };
  drag.target.row.dataset.drop = drag.target.side;
}

function unmark() {
  for (const row of list.querySelectorAll('[data-drop]')) delete row.dataset.drop;
}

function end() {
  if (!drag) return;
  unmark();
  delete drag.row.dataset.dragged;
  drag = null;
}

function scroll() {
  if (!drag) return;
  const by = drag.y < EDGE ? drag.y - EDGE : Math.max(0, drag.y - innerHeight + EDGE);
  if (by && drag.target) { scrollBy(0, by / 4); mark(); }
  requestAnimationFrame(scroll);
}
