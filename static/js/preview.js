// What is written is shown as others will see it, without saving: the form's own preview, 300 ms after the last key.
import { fetchText, swap } from './fragments.js';

const form = document.querySelector('form[data-preview]');
const target = document.querySelector(form.dataset.preview);
const late = document.querySelector('[data-preview-late]');
let timer;
let running;
let shown = '';

async function renew() {
  clearTimeout(timer);
  running?.abort();
  const { signal } = (running = new AbortController());
  const body = new URLSearchParams(new FormData(form));
  body.set(form.dataset.previewBy ?? 'preview', '1');
  try {
    const answer = await fetchText(form.action, { method: 'POST', body, target, signal });
    const html = await answer.text();
    if (!answer.ok || answer.redirected || (html !== shown && !swap(target, html))) throw new Error(String(answer.status));
    shown = html;                                              // what is the same is not said again
    if (late) late.hidden = true;
  } catch (error) {
    if (late && error.name !== 'AbortError') late.hidden = false;       // what was typed is still in the form
  }
}

form.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(renew, 300);
});

form.addEventListener('click', async (event) => {
  if (!event.target.closest('button[name="preview"]')) return;
  event.preventDefault();
  await renew();
  target.scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: true });
});
