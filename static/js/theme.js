// Light or dark. The form works alone; here it changes the page at once and tells the server in the background.
const root = document.documentElement;
const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;

document.addEventListener('submit', (event) => {
  const form = event.target.closest('[data-theme-form]');
  if (!form) return;
  event.preventDefault();
  const theme = isDark() ? 'light' : 'dark';
  root.dataset.theme = theme;
  const body = new URLSearchParams({ theme });
  for (const input of document.querySelectorAll('[data-theme-form] input[name="theme"]')) input.value = theme === 'dark' ? 'light' : 'dark';
  fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => {});
});
