// A part of a page that follows what is going on: <div id="import" data-follow>…</div>, fetched again as long as something in it
// has data-follow-on. What [data-follow-say] says is announced when it changes; its words come from the template.
import { announce } from './announce.js';
import { fetchText, swap } from './fragments.js';

const SOON = 1000;
const LATE = 20000;

const said = (part) => part.querySelector('[data-follow-say]')?.textContent.trim() ?? '';

function follow(part, wait) {
  if (!part.querySelector('[data-follow-on]')) return;
  setTimeout(async () => {
    // Nobody looks: the next look is soon enough.
    const next = document.hidden ? wait : await look(part) ? SOON : Math.min(wait * 2, LATE);
    follow(part, next);
  }, wait);
}

async function look(part) {
  const before = said(part);
  try {
    const answer = await fetchText(location.href, { target: part });
    if (!answer.ok || !swap(part, await answer.text())) return false;
  } catch {
    return false;
  }
  if (said(part) !== before) announce(said(part));
  return true;
}

for (const part of document.querySelectorAll('[data-follow]')) follow(part, SOON);
