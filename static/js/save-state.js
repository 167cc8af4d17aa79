// The line that says whether what you see is saved. Words are data-word-… of the element; the ticking text is not read aloud.
import { announce, fill } from './announce.js';

/** show(state, {n, word, text}) for every [data-save-state] inside root. state is what CSS knows; word picks other words. */
export function saveState(root) {
  const lines = () => root.querySelectorAll('[data-save-state]');
  let now = '', said = '', savedAt = 0;

  function words(line, word, values) {
    const { dataset: d } = line;
    if (word !== 'saved' || !savedAt) return fill(d[`word${camel(word)}`] ?? '', values);
    const seconds = Math.round((Date.now() - savedAt) / 1000);
    if (seconds < 2) return d.wordSaved;
    const ago = seconds < 60 ? fill(d.wordSeconds, { n: seconds }) : fill(d.wordMinutes, { n: Math.floor(seconds / 60) });
    return fill(d.wordSavedAgo, { ago });
  }

  function paint(word, values = {}) {
    for (const line of lines()) {
      const text = words(line, word, values);
      const node = line.querySelector('[data-save-text]');
      if (text && node && node.textContent !== text) node.textContent = text;
    }
  }

  setInterval(() => { if (now === 'saved' && savedAt) paint('saved'); }, 1000);

  return {
    show(state, { word = state, ...values } = {}) {
      now = word;
      if (state === 'saved') savedAt = Date.now();
      for (const line of lines()) {
        line.dataset.state = state;
        line.querySelector('[data-save-sign-in]')?.toggleAttribute('hidden', word !== 'sign-in');
      }
      paint(word, values);
      // spoken on transitions only, and not for the everyday "saving"
      const loud = ['saved', 'offline', 'offline-tab', 'busy', 'sign-in', 'conflict', 'locked', 'invalid'].includes(word);
      if (!loud || word === said) return;
      const first = lines()[0];
      const text = word === 'saved' ? (said ? first?.dataset.saySaved : '') : first && words(first, word, values);
      said = word;
      const node = first?.querySelector('[data-save-say]');
      if (text && node) node.textContent = text; else announce(text);
    },
    get state() { return now; },
  };
}

const camel = (word) => word.split('-').map((part) => part[0].toUpperCase() + part.slice(1)).join('');
