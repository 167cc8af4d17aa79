// Deleting a note: at once, with Undo in the status line until the next action.
import { cardOf } from './autosave.js';
import { readRow } from './notes.js';
import './undo.js';

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-evidence-delete]');
  const row = button?.closest('article[data-evidence]');
  const card = row && cardOf(row);
  if (!card) return;
  event.preventDefault();
  const composer = (row.closest('[data-note-list]')?.parentElement ?? document).querySelector('[data-note-composer] textarea, [data-note-form] textarea');
  const next = row.nextElementSibling?.querySelector('[data-evidence-delete]') ?? row.previousElementSibling?.querySelector('[data-evidence-delete]') ?? composer ?? document.querySelector('[data-note-form] textarea');
  card.change(`evidence:${row.dataset.evidence}`, { ...readRow(row), deleted: true });
  next?.focus();
  const line = document.querySelector('[data-statusline]');
  const words = document.getElementById('note-deleted-template')?.content;
  if (line && words) line.replaceChildren(words.cloneNode(true));
});
document.addEventListener('undo:done', () => document.querySelector('[data-statusline]')?.replaceChildren());
