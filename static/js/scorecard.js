// The scorecard's page: a composer in every area, and what the server counts is fetched after each save.
//   <div data-note-composer data-area="1" data-say-added="Note added"> textarea, radio buttons of the sign, <button data-note-add>
//   <div id="checklist" data-after-save>…</div>
import { announce } from './announce.js';
import { cardOf } from './autosave.js';
import { fetchText, swap } from './fragments.js';
import './note-delete.js';
import { uuid } from './uuid.js';

const draftKey = (composer) => `draft:note:${composer.dataset.area}`;

/** What is typed and not added yet stays on this device. */
function keep(composer, text) {
  const box = cardOf(composer)?.box;
  if (text) box?.put(draftKey(composer), { value: text }, { instead: true }); else box?.remove(draftKey(composer));
}

document.addEventListener('click', (event) => {
  const composer = event.target.closest('[data-note-add]')?.closest('[data-note-composer]');
  const card = composer && cardOf(composer);
  if (!card) return;                                            // not ready: the form posts itself
  event.preventDefault();
  const text = composer.querySelector('textarea');
  if (text.value.trim()) {
    const sign = composer.querySelector('input[type="radio"]:checked')?.value ?? 'neutral';
    card.change(`evidence:${uuid()}`, { sign, area: Number(composer.dataset.area) || null, question_id: null, at_seconds: null, text: text.value.trim() });
    text.value = '';
    keep(composer, '');
    announce(composer.dataset.sayAdded);
  }
  text.focus();
});

document.addEventListener('input', ({ target }) => {
  const composer = target.closest('[data-note-composer]');
  if (composer && target.matches('textarea')) keep(composer, target.value);
});

/** Which composer takes what was typed and not added: its own, or in the room the area's that was chosen there. */
function home(key, { area }) {
  const all = [...document.querySelectorAll('[data-note-composer]')];
  return all.find((one) => draftKey(one) === key) ?? (key === 'draft:note' ? all.find((one) => one.dataset.area === area) ?? all[0] : undefined);
}

document.addEventListener('autosave:ready', ({ detail, target }) => {
  for (const [key, draft] of detail.drafts) {
    const composer = draft.value && home(key, draft);
    const text = composer?.querySelector('textarea');
    if (!text) continue;
    if (!text.value.includes(draft.value)) text.value = [text.value, draft.value].filter(Boolean).join('\n');
    keep(composer, text.value);
    if (key === 'draft:note') cardOf(target).box.remove(key);
  }
});

let waiting;
document.addEventListener('autosave:saved', ({ target }) => {
  const version = target.querySelector('input[name="version"]');
  if (version) version.value = cardOf(target).version;
  clearTimeout(waiting);
  waiting = setTimeout(() => refresh(target), 300);
});

async function refresh(root) {
  const answer = await fetchText(location.pathname).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const html = await answer.text();
  for (const part of root.querySelectorAll('[data-after-save]')) swap(part, html);
}
