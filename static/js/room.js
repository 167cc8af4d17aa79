// The live room: autosave, number keys, notes, undo. Next, previous, pause are data-key on real links and buttons.
import './autosave.js';
import './undo.js';
import './room-score.js';
import './room-notes.js';
import './room-counts.js';
