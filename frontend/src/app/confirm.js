// <form data-confirm="Really withdraw?"> asks first; <select data-autosubmit> sends its form when changed.
export function enhanceConfirmations() {
  document.addEventListener('submit', event => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, { capture: true });
  document.addEventListener('change', event => {
    if (event.target.matches?.('[data-autosubmit]')) {
      event.target.form?.requestSubmit();
    }
  });
}
