// Notes in the page: a row is an article[data-evidence] with its values in data attributes; new rows come from #note-template.
import { format } from './clock-text.js';

const rowOf = (root, id) => root.querySelector(`article[data-evidence="${CSS.escape(id)}"]`);

export function readRow(row) {
  const { sign, area, question, atSeconds } = row.dataset;
  return { sign, area: area ? Number(area) : null, question_id: question || null, at_seconds: atSeconds ? Number(atSeconds) : null, text: row.querySelector('[data-note-text]')?.textContent ?? '' };
}

/** Shows a note as it is now: a new row, a changed one, or one that goes (undefined or deleted). */
export function writeRow(root, id, note) {
  let row = rowOf(root, id);
  if (!note || note.deleted) { row?.remove(); return null; }
  const list = root.querySelector(`[data-note-list="${note.area ?? ''}"]`) ?? root.querySelector('[data-note-list]');
  const fresh = document.getElementById('note-template')?.content.firstElementChild.cloneNode(true);
  if (!fresh || !(row || list)) return row;
  fresh.dataset.evidence = id;
  fresh.dataset.sign = note.sign;
  if (note.area) fresh.dataset.area = note.area;
  if (note.question_id) fresh.dataset.question = note.question_id;
  if (note.at_seconds != null) fresh.dataset.atSeconds = note.at_seconds;
  fresh.querySelector('[data-note-text]').textContent = note.text;
  const time = fresh.querySelector('time');
  if (time) {
    time.textContent = note.at_seconds == null ? '' : format(note.at_seconds);
    time.dateTime = `PT${note.at_seconds ?? 0}S`;
  }
  for (const chip of fresh.querySelectorAll('[data-note-sign]')) {
    if (chip.dataset.noteSign !== note.sign) chip.remove();
    else {
      const area = note.area && document.querySelector(`[data-note-form] [name="area"] option[value="${note.area}"]`);
      if (area) chip.querySelector('[data-note-area]')?.append(` · ${area.text}`);
    }
  }
  for (const element of fresh.querySelectorAll('[data-href]')) element.setAttribute('action', element.dataset.href.replace('{id}', id));
  if (row) { row.replaceWith(fresh); return fresh; }
  list.querySelector('[data-note-empty]')?.remove();
  const later = [...list.querySelectorAll('article[data-evidence]')].find((other) => Number(other.dataset.atSeconds || 0) <= (note.at_seconds ?? Infinity));
  if (later) later.before(fresh); else list.append(fresh);
  return fresh;
}
