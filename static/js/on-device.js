// A form with an explicit Save: what is typed into it is kept on this device until the server has it.
import { announce } from './announce.js';
import { open } from './outbox.js';

const SENT = 'fivefold:sent';                              // the form that this tab has sent last
const KEY = 'form';
const account = document.querySelector('[data-sign-out]')?.dataset.account;
const form = document.querySelector('form[data-on-device]');
const scopeOf = (key) => `form:${account}:${key}`;

const typed = (control) => control.name && !/^(hidden|password|file|submit|button|reset|fieldset)$/.test(control.type);
const picks = (control) => control.type === 'radio' || control.type === 'checkbox';
const now = (control) => (picks(control) ? control.checked : control.value);
const served = (control) => {
  if (picks(control)) return control.defaultChecked;
  return control.options ? ([...control.options].find((one) => one.defaultSelected) ?? control.options[0])?.value ?? '' : control.defaultValue;
};

/** Names with their values: of what is ticked its value, of everything else what is in it. */
function fields(of) {
  const found = {};
  for (const control of [...form.elements].filter(typed)) {
    const value = !picks(control) ? of(control) : of(control) && control.value;
    if (value !== false) (found[control.name] ??= []).push(value);
  }
  return found;
}

function put(found) {
  const places = {};
  for (const control of [...form.elements].filter(typed)) {
    const values = found[control.name] ?? [];
    if (picks(control)) { control.checked = values.includes(control.value); continue; }
    const place = (places[control.name] = (places[control.name] ?? -1) + 1);
    control.value = values[place] ?? '';
  }
  form.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Takes what this tab remembers. True when the server has taken it: it answered by sending on to a page of hers or his,
 *  not with an error, and not to signing in. */
function accepted() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const [way] = performance.getEntriesByType('navigation');
  return { sent, taken: Boolean(sent && account && way?.redirectCount > 0) };
}

async function start() {
  const { sent, taken } = accepted();
  if (taken) await (await open(scopeOf(sent)))?.wipe();
  if (!form || !account) return;
  const box = await open(scopeOf(form.dataset.onDevice));
  if (!box) return;                                        // then leaving asks: unsaved.js
  form.dataset.kept = '';
  const version = form.elements.version?.value ?? '';
  const save = () => box.put(KEY, { version, fields: fields(now) }, { instead: true });
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const note = form.querySelector('[data-device-note]');
  const tell = (state) => {
    note.hidden = !state;
    for (const part of note.querySelectorAll('[data-when]')) part.hidden = !part.dataset.when.split(' ').includes(state);
    const [words] = [...note.querySelectorAll('p')].filter((part) => !part.hidden);
    if (state && words) announce(words.textContent);
  };

  const [, kept] = (await box.left()).at(-1) ?? [];
  const begun = !same(fields(now), fields(served));        // typed before this script came
  if (kept && same(kept.fields, fields(served))) {
    // Refused, it is in the page and still nowhere else.
    if (sent === form.dataset.onDevice) await save(); else await box.wipe();
  } else if (kept && kept.version === version && !begun) {
    put(kept.fields);
    await save();
    tell('back');
  } else if (kept) tell('other');
  if (begun) await save();

  form.addEventListener('input', save);
  form.addEventListener('change', save);
  form.addEventListener('submit', (event) => { if (!event.defaultPrevented) sessionStorage.setItem(SENT, form.dataset.onDevice); });
  note.addEventListener('click', async (event) => {
    switch (event.target.closest('[data-device-do]')?.dataset.deviceDo) {
      case 'mine': put(kept.fields); await save(); tell('mine'); break;
      case 'saved': form.reset(); tell('saved'); break;
      case 'forget': form.reset(); await box.wipe(); tell(''); break;
      default: return;
    }
    form.querySelector('textarea, input:not([type="hidden"])')?.focus();
  });
}

await start();
