// Signing out clears what is kept on this device; what is not saved yet is sent first, or asked about.
import { ask } from './confirm.js';
import { count, wipeAll } from './outbox.js';

const ready = new WeakSet();

document.addEventListener('submit', async (event) => {
  const form = event.target.closest('[data-sign-out]');
  if (!form || ready.has(form)) return;
  event.preventDefault();
  try {
    if (document.querySelector('[data-autosave]')) await (await import('./autosave.js')).flushAll();
    if (await count() > 0 && form.dataset.unsent) {
      const question = document.createElement('button');
      Object.assign(question.dataset, { confirm: form.dataset.unsent, confirmText: form.dataset.unsentText, confirmYes: form.dataset.unsentYes, confirmDanger: '' });
      if (!await ask(question)) return;
    }
    await wipeAll();
  } catch { /* a browser without storage has nothing to clear */ }
  ready.add(form);
  form.requestSubmit();
});
