// <form data-read-notice action="/notices/7/read" method="post"> inside <… data-notice>: marks a notice as read in
// place. The server answers {"unread": 3}; every [data-unread-count] shows the number.
import { postText } from '../editor/server.js';

export function enhanceNotices() {
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.matches('form[data-read-notice]') && !event.defaultPrevented) {
      event.preventDefault();
      markRead(form);
    }
  });
}

async function markRead(form) {
  const type = 'application/x-www-form-urlencoded';
  try {
    const { unread } = await postText(form.action, new URLSearchParams(new FormData(form)), { type });
    show(form, unread);
  } catch {
    form.submit();
  }
}

function show(form, unread) {
  const notices = form.dataset.readNotice === 'all'
    ? document.querySelectorAll('[data-notice]')
    : [form.closest('[data-notice]')].filter(Boolean);
  for (const notice of notices) {
    notice.dataset.read = '1';
    notice.querySelector('form[data-read-notice]')?.remove();
  }
  for (const count of document.querySelectorAll('[data-unread-count]')) {
    count.textContent = String(unread);
    count.hidden = unread === 0;
  }
}
