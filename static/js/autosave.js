// Everything inside [data-autosave] saves itself. One card per page element; see README.md for the markup.
import { Card } from './card.js';
import { hideConflict, showConflict } from './conflict.js';
import { isField, keyOf, keys, pick, read, same, write, written } from './fields.js';
import { readRow, writeRow } from './notes.js';
import { open as openBox } from './outbox.js';
import { saveState } from './save-state.js';

const cards = new Map();
const note = (key) => key.startsWith('evidence:');

/** The card of an element, once it is ready. */
export const cardOf = (element) => cards.get(element.closest('[data-autosave]'));
export const flushAll = () => Promise.all([...cards.values()].map((card) => card.flush()));

function start(root) {
  const { url, version, account } = root.dataset;
  const save = saveState(root);
  const emit = (name, detail) => root.dispatchEvent(new CustomEvent(`autosave:${name}`, { bubbles: true, detail }));
  const mark = (key, on) => {
    if (note(key)) root.querySelector(`article[data-evidence="${CSS.escape(key.slice(9))}"]`)?.toggleAttribute('data-unsent', on);
    else for (const control of root.querySelectorAll('[data-group]')) if (keyOf(control) === key) control.toggleAttribute('data-dirty', on);
  };
  const show = (key, value) => {
    if (note(key)) writeRow(root, key.slice(9), value); else write(root, key, value);
    emit('applied', { key, value });
  };

  const card = new Card({
    url, version: Number(version), account,
    on: {
      state: (state, detail) => { save.show(state, detail); emit('state', { state, ...detail }); },
      applied: (key, value) => show(key, value),
      settled: (done) => { for (const key of done) { mark(key, false); hideConflict(root, key); } emit('saved', { keys: done }); },
      conflict: (key, mine, theirs, choose) => { save.show('conflict'); showConflict(root, key, mine, theirs, choose); },
    },
  });
  card.root = root;
  cards.set(root, card);

  /** A value set by hand or by a module; `before` goes to undo. */
  card.change = (key, value, { paint = true, undo = true } = {}) => {
    const before = card.value(key);
    if (paint) show(key, value);
    card.set(key, value);
    mark(key, card.unsent().has(key));
    emit('set', { key, value, before, undo });
  };

  /** Takes what the server wrote into (new) markup as known; what is unsent here is painted over it again. Markup of a
   *  version before the last save is behind: then it is what is known here that is painted. */
  card.adopt = (part, version = Infinity) => {
    const unsent = card.unsent();
    const ahead = new Set(version < card.version ? [...unsent, ...card.base.keys()] : unsent);
    for (const key of keys(part)) {
      if (ahead.has(key)) { write(root, key, card.value(key)); mark(key, unsent.has(key)); } else card.base.set(key, written(root, key));
    }
    for (const row of part.querySelectorAll('article[data-evidence]')) {
      const key = `evidence:${row.dataset.evidence}`;
      if (!ahead.has(key)) card.base.set(key, readRow(row));
    }
    for (const key of unsent) if (note(key)) { writeRow(root, key.slice(9), card.value(key)); mark(key, true); }
    for (const key of ahead) emit('applied', { key, value: card.value(key) });
  };

  root.addEventListener('input', (event) => {
    if (isField(event.target)) card.change(keyOf(event.target), read(root, keyOf(event.target)), { paint: false, undo: !event.target.matches('textarea, input[type="text"]') });
  });
  root.addEventListener('change', (event) => {                  // browsers that send no input event for it
    if (isField(event.target) && event.target.matches('select, [type="radio"], [type="checkbox"]')) card.set(keyOf(event.target), read(root, keyOf(event.target)));
  });
  root.addEventListener('focusout', (event) => { if (isField(event.target) && event.target.matches('textarea, input[type="text"]')) card.flush(); });
  root.addEventListener('fragment:loaded', ({ target, detail }) => card.adopt(target, detail?.version));
  root.addEventListener('submit', (event) => flushFirst(event, card));
  card.adopt(root);
  // typed while this script was on its way
  for (const key of keys(root)) if (!same(read(root, key), card.base.get(key))) card.change(key, read(root, key), { paint: false, undo: false });
  restore(card, JSON.stringify([account ?? '', url]), show, mark);
  return card;
}

/** What an earlier page could not send. A living tab sends its own. */
async function restore(card, scope, show, mark) {
  card.box = await openBox(scope);
  for (const key of card.unsent()) card.keep(key, card.value(key));
  const found = await card.box?.left().catch(() => []) ?? [];
  const values = found.filter(([key]) => !key.startsWith('draft:'));
  const now = values.length && await card.current();
  if (now) {                                                    // values of this card that are not on this page
    for (const [key] of values) if (!card.base.has(key)) card.base.set(key, pick(now, key));
    card.rebase(now);
  }
  for (const [key, entry] of values) card.take(key, entry, show, mark);
  card.root.dispatchEvent(new CustomEvent('autosave:ready', { bubbles: true, detail: { drafts: found.filter(([key]) => key.startsWith('draft:')) } }));
  if (card.pending.size) card.flush();
}

/** "Submit" is a change of state, not a save: what is typed goes first, and nothing is submitted over unsaved values. */
async function flushFirst(event, card) {
  const form = event.target.closest('form[data-flush-first]');
  if (!form || form.dataset.flushed !== undefined || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  await card.flush();
  await new Promise((done) => { setTimeout(done); });           // a form that is still telling of its submission does not begin another
  if (card.unsent().size) {
    card.root.querySelector('[data-save-state]')?.scrollIntoView({ block: 'nearest' });
    return;
  }
  form.dataset.flushed = '';
  form.requestSubmit(submitter);
  delete form.dataset.flushed;
}

for (const root of document.querySelectorAll('[data-autosave]')) start(root);

addEventListener('online', flushAll);
addEventListener('focus', flushAll);                            // back from signing in again in another tab
addEventListener('pagehide', flushAll);
document.addEventListener('visibilitychange', flushAll);
addEventListener('beforeunload', (event) => {
  for (const card of cards.values()) if (!card.box && card.unsent().size && !card.locked) event.preventDefault();
});
