// A transcript with sound: a time plays from there, and the turn that is heard is marked. A link to a turn still only leads there.
for (const transcript of document.querySelectorAll('[data-transcript]')) {
  const audio = transcript.querySelector('audio');
  const turns = [...transcript.querySelectorAll('[data-seek]')].map((button) => ({ at: Number(button.dataset.seek), row: button.closest('li') }));
  let heard;

  transcript.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-seek]');
    if (!button) return;
    audio.currentTime = Number(button.dataset.seek);
    audio.play().catch(() => {});                               // the player says what is wrong
  });

  audio.addEventListener('timeupdate', () => {
    const now = turns.findLast(({ at }) => at <= audio.currentTime + 0.05)?.row;
    if (now === heard) return;
    heard?.classList.remove('turn--heard');
    now?.classList.add('turn--heard');
    heard = now;
  });
}
