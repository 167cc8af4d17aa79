// Figures beside what they count: points heard, and strengths and concerns of each area.
const root = document.querySelector('[data-autosave]');

function count() {
  const heard = document.querySelector('[data-room-heard]');
  if (heard) heard.textContent = document.querySelectorAll('[data-kind="listen_for"]:checked').length;
  for (const place of document.querySelectorAll('[data-area-evidence]')) {
    const notes = [...document.querySelectorAll(`article[data-evidence][data-area="${place.dataset.areaEvidence}"]`)];
    const parts = document.getElementById('area-evidence-template')?.content.cloneNode(true);
    if (!parts) return;
    for (const part of parts.querySelectorAll('[data-count-sign]')) {
      const n = notes.filter((note) => note.dataset.sign === part.dataset.countSign).length;
      if (n) part.querySelector('[data-count]').textContent = n; else part.remove();
    }
    place.replaceChildren(parts);
  }
}

// the page is painted first, then the event comes
if (root) for (const name of ['autosave:set', 'autosave:applied']) root.addEventListener(name, count);
