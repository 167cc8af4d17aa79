// Says that somebody is here: at once, every 25 s while the page is seen, "away" 5 s after it is hidden, "left" when it closes.
// Says to the panel who comes and goes.
import { announce, fill } from './announce.js';
import { uuid } from './uuid.js';

const EVERY = 25000;
const page = uuid();
const region = () => document.querySelector('[data-presence-url]');
let timer, leaving, known;

function say(presence) {
  const url = region()?.dataset.presenceUrl;
  if (!url) return;
  clearTimeout(timer);
  const body = JSON.stringify({ presence });
  fetch(url + page, { method: 'PUT', body, keepalive: true, headers: { 'content-type': 'application/json', accept: 'application/json' } })
    .catch(() => { /* the next one says it */ });
  if (presence !== 'left') timer = setTimeout(() => say(document.hidden ? 'away' : 'here'), EVERY);
}

const people = () => new Map([...region()?.querySelectorAll('[data-person]') ?? []].map((one) => [one.dataset.person, one.dataset.presence ?? 'left']));

function changed() {
  const now = people();
  const { dataset: words } = region();
  for (const [name, presence] of now) {
    if (known.has(name) && known.get(name) !== presence && words.sayHere) announce(fill(words[`say${presence[0].toUpperCase()}${presence.slice(1)}`], { name }));
  }
  known = now;
}

known = people();
document.addEventListener('fragment:loaded', ({ target }) => { if (target === region()) changed(); });
document.addEventListener('visibilitychange', () => {
  clearTimeout(leaving);
  if (document.hidden) leaving = setTimeout(() => say('away'), 5000); else say('here');
});
addEventListener('online', () => say(document.hidden ? 'away' : 'here'));
addEventListener('pagehide', () => say('left'));
addEventListener('pageshow', (event) => { if (event.persisted) say('here'); });
say(document.hidden ? 'away' : 'here');
