// In the lobby: is the way to the server good? Five answers are timed, and the stream of signals is looked at.
import { fill } from './announce.js';

const TRIES = 5, SLOW = 400;
const part = document.querySelector('[data-connection]');
const text = part.querySelector('[data-connection-text]');
const live = part.querySelector('[data-connection-live]');
const words = part.dataset;
const put = (node, words) => { if (node.textContent !== words) node.textContent = words; };
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function time() {
  const sent = performance.now();
  const answer = await fetch(words.connection, { headers: { accept: 'application/json' }, cache: 'no-store', signal: AbortSignal.timeout(10000) });
  if (!answer.ok) throw new Error(String(answer.status));
  return performance.now() - sent;
}

async function check() {
  const times = [];
  try {
    for (let i = 0; i < TRIES; i += 1) { times.push(await time()); await pause(150); }
    const middle = Math.round(times.sort((a, b) => a - b)[Math.floor(TRIES / 2)]);
    put(text, fill(middle > SLOW ? words.wordSlow : words.wordGood, { n: middle }));
  } catch { put(text, words.wordLost); }
  const state = document.documentElement.dataset.live;
  put(live, state === 'open' ? words.wordLive : state === 'lost' ? words.wordStill : '');
}

part.hidden = false;
put(text, words.wordChecking);
check();
setInterval(check, 20000);
new MutationObserver(() => {
  const state = document.documentElement.dataset.live;
  if (state === 'open' || state === 'lost') put(live, state === 'open' ? words.wordLive : words.wordStill);
}).observe(document.documentElement, { attributeFilter: ['data-live'] });
