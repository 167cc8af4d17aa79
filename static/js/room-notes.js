// The note composer: adds evidence with its own id and the time of the interview at which typing began.
import { announce } from './announce.js';
import { cardOf } from './autosave.js';
import { elapsed } from './clock.js';
import { register } from './keys.js';
import './note-delete.js';
import { uuid } from './uuid.js';

const form = document.querySelector('[data-note-form]');
const area = () => form?.querySelector('[name="area"]');
let since = null, about = null;

if (form) {
  const text = form.querySelector('textarea');
  /** At once, with every letter: what a crash takes is gone. */
  const draft = () => {
    const box = cardOf(form)?.box;
    if (!text.value) { box?.remove('draft:note'); return; }
    const data = new FormData(form);
    box?.put('draft:note', { value: text.value, sign: data.get('sign'), area: data.get('area'), since, about }, { instead: true });
  };

  text.addEventListener('input', () => {
    // a note is about the question at which its writing began, also when the room has moved on meanwhile
    since = text.value ? since ?? elapsed() : null;
    about = text.value ? about ?? form.elements.question_id.value : null;
    draft();
  });
  form.addEventListener('change', draft);
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
  });

  form.addEventListener('submit', (event) => {
    const card = cardOf(form);
    if (!card) return;                                          // not ready: the form posts itself
    event.preventDefault();
    if (!text.value.trim()) { text.focus(); return; }
    const data = new FormData(form);
    card.change(`evidence:${uuid()}`, {
      sign: data.get('sign') || 'neutral',
      area: Number(data.get('area')) || null,
      question_id: (about ?? data.get('question_id')) || null,
      at_seconds: since ?? elapsed(),
      text: text.value.trim(),
    });
    text.value = '';
    since = about = null;
    draft();
    text.focus();
    announce(form.dataset.sayAdded);
  });

  // an empty composer goes along with the question: its area is the likeliest
  let at = form.elements.question_id.value;
  document.addEventListener('fragment:loaded', ({ target }) => {
    const question = target.id === 'note-question' ? form.elements.question_id : null;
    if (!question || question.value === at) return;
    at = question.value;
    if (!text.value && question.dataset.area) area().value = question.dataset.area;
  });

  document.addEventListener('autosave:ready', ({ detail }) => {
    const kept = detail.drafts.filter(([key, { value }]) => key === 'draft:note' && value && value !== text.value).map(([, draft]) => draft);
    const last = kept.at(-1);
    if (last && !text.value) {
      ({ since = null, about = null } = last);
      for (const radio of form.querySelectorAll('[name="sign"]')) radio.checked = radio.value === (last.sign ?? 'neutral');
      if (area()) area().value = last.area ?? '';
    }
    if (last) text.value = [...kept.map((one) => one.value), text.value].filter(Boolean).join('\n');
    if (text.value) draft();
  });
}

// s strength, c concern are data-key on the radio buttons; t goes to the next area
register('t', () => {
  const select = area();
  if (!select) return false;
  select.selectedIndex = (select.selectedIndex + 1) % select.options.length;
  announce(select.selectedOptions[0].text);
  return true;
});
