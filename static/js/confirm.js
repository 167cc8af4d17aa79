// data-confirm on a button, link or form: asks in a native dialog first. All words come from the markup.
const passed = new WeakSet();

document.addEventListener('click', (event) => {
  const element = event.target.closest('button[data-confirm], a[data-confirm]');
  if (!element || passed.delete(element)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(element).then((yes) => { if (yes) { passed.add(element); element.click(); } });
}, true);

document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-confirm]');
  if (!form || form.dataset.flushed !== undefined || passed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  ask(form).then((yes) => { if (yes) { passed.add(form); form.requestSubmit(submitter); } });
}, true);

/** Resolves to true or false; focus returns to where it was, as dialogs do. */
export function ask(element) {
  const dialog = document.getElementById('confirm');
  if (!dialog) return Promise.resolve(true);
  const { confirm, confirmText, confirmYes } = element.dataset;
  const yes = dialog.querySelector('[data-dialog-yes]');
  const text = dialog.querySelector('[data-dialog-text]');
  dialog.querySelector('[data-dialog-title]').textContent = confirm;
  text.textContent = confirmText ?? '';
  text.hidden = !confirmText;
  yes.textContent = confirmYes || yes.dataset.default;
  const danger = element.matches('.btn--danger, .btn--danger-fill, .menu__item--danger, [data-confirm-danger]');
  yes.classList.toggle('btn--danger-fill', danger);
  yes.classList.toggle('btn--primary', !danger);
  dialog.returnValue = '';
  dialog.showModal();
  dialog.querySelector('[data-dialog-no]').focus();
  return new Promise((resolve) => {
    const click = (event) => {
      if (event.target.closest('[data-dialog-yes]')) dialog.close('yes');
      else if (event.target === dialog || event.target.closest('[data-dialog-no]')) dialog.close('no');
    };
    dialog.addEventListener('click', click);
    dialog.addEventListener('close', () => {
      dialog.removeEventListener('click', click);
      resolve(dialog.returnValue === 'yes');
    }, { once: true });
  });
}
