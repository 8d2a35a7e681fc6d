// Light, dark or as the system says. The choice is a cookie, so that the server draws the page right at once:
// <button data-theme-choice="light|dark|system">, <html data-theme="light|dark"> (absent = system).
const YEAR = 365 * 24 * 3600;

export function enhanceTheme() {
  showPressed();
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-theme-choice]');
    if (button) {
      event.preventDefault();
      choose(button.dataset.themeChoice);
    }
  });
}

function choose(theme) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `theme=${theme}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  showPressed();
}

function showPressed() {
  const current = document.documentElement.dataset.theme ?? 'system';
  for (const button of document.querySelectorAll('[data-theme-choice]')) {
    button.setAttribute('aria-pressed', String(button.dataset.themeChoice === current));
  }
}
