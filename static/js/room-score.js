// Number keys score the current question: 1 to 5, 0 not enough evidence, x not asked. Painted at once, saved by autosave.
import { announce } from './announce.js';
import { register } from './keys.js';
import { undo } from './undo.js';

/** The anchors that number keys go to: where the focus is, else the first on the page. */
function scale() {
  return document.activeElement?.closest?.('fieldset:has([data-score])') ?? document.querySelector('fieldset:has([data-score])') ?? document.querySelector('[data-score]');
}

function score(value) {
  const radio = scale()?.querySelector(`input[type="radio"][value="${value}"]`);
  if (!radio || radio.disabled) return false;
  if (!radio.checked) {
    radio.checked = true;
    radio.dispatchEvent(new Event('input', { bubbles: true }));
    radio.dispatchEvent(new Event('change', { bubbles: true }));
  }
  // the label says it: "4 Stabilises, then diagnoses"
  const label = radio.closest('label');
  announce([label?.querySelector('.sc')?.textContent, label?.querySelector('b')?.textContent ?? label?.textContent].filter(Boolean).join(' ').replace(/\s+/g, ' ').trim());
  return true;
}

for (const value of ['1', '2', '3', '4', '5']) register(value, () => score(value));
register('0', () => score('not_enough_evidence'));
register('x', () => score('not_asked'));
register('z', () => undo());
register('Escape', () => document.getElementById('main')?.focus() ?? document.getElementById('question')?.focus());

/** The current question's chip in the queue shows the score at once. */
document.addEventListener('autosave:set', ({ detail }) => paint(detail.key, detail.value));
document.addEventListener('autosave:applied', ({ detail }) => paint(detail.key, detail.value));

function paint(key, value) {
  if (!key.startsWith('question:')) return;
  const chip = document.querySelector(`[data-queue-score="${CSS.escape(key.slice(9))}"]`);
  const template = chip && document.getElementById('score-template')?.content.querySelector(`[data-score-value="${value ?? ''}"]`);
  if (template) chip.replaceChildren(template.cloneNode(true));
}
