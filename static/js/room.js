// The live room: autosave, number keys, notes, undo. Next, previous, pause are data-key on real links and buttons.
import './autosave.js';
import './undo.js';
import './room-score.js';
import './room-notes.js';

// another question was loaded in place: the title says which, the focus goes to it
document.addEventListener('fragment:loaded', ({ target }) => {
  if (!target.matches('[data-room-question]')) return;
  const current = target.querySelector('[data-question-title]');
  if (current) document.title = current.dataset.questionTitle;
});
