// <form data-draft-url="…"> is saved as it is typed, unvalidated, so that nothing is lost when the phone rings.
// <output data-draft-status data-text-saving data-text-saved="Saved at {time}" data-text-failed> tells.
import { csrfToken } from '../editor/server.js';

const AFTER_TYPING = 800;
const TRY_AGAIN = 10_000;
const enhanced = new WeakSet();

export function enhanceDrafts(root) {
  const forms = [...root.querySelectorAll('form[data-draft-url]')];
  if (root.matches?.('form[data-draft-url]')) {
    forms.push(root);
  }
  for (const form of forms.filter(one => !enhanced.has(one))) {
    enhanced.add(form);
    new Draft(form).listen();
  }
}

class Draft {
  constructor(form) {
    this.form = form;
    this.unsaved = false;
    this.final = false;
  }

  listen() {
    const typed = () => {
      this.unsaved = true;
      this.saveIn(AFTER_TYPING);
    };
    this.form.addEventListener('input', typed);
    this.form.addEventListener('change', typed);
    this.form.addEventListener('submit', event => {
      if (!event.defaultPrevented) {
        this.stop();
      }
    });
    window.addEventListener('online', () => this.unsaved && this.save());
    window.addEventListener('pagehide', () => this.unsaved && this.save({ keepalive: true }));
  }

  stop() {
    this.final = true;
    this.unsaved = false;
    clearTimeout(this.timer);
  }

  saveIn(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  // One at a time: what is typed during a save is saved after it, so an older text never wins.
  async save({ keepalive = false } = {}) {
    if (this.final || !this.form.isConnected || (this.saving && !keepalive)) {
      return;
    }
    clearTimeout(this.timer);
    this.saving = true;
    this.unsaved = false;
    this.say('saving');
    try {
      await this.post(keepalive);
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      this.failed();
    } finally {
      this.saving = false;
    }
    if (this.unsaved && !this.final) {
      this.saveIn(this.troubled ? TRY_AGAIN : AFTER_TYPING);
    }
  }

  async post(keepalive) {
    const answer = await fetch(this.form.dataset.draftUrl, {
      method: 'POST',
      body: new URLSearchParams(textsOf(this.form)),
      headers: { 'X-CSRFToken': csrfToken(), 'Accept': 'application/json' },
      credentials: 'same-origin',
      keepalive
    });
    this.troubled = !answer.ok;
    if (answer.ok) {
      this.say('saved', { time: new Date().toLocaleTimeString(document.documentElement.lang || 'en') });
    } else if (answer.status >= 500) {
      this.failed();
    } else {
      this.refused(await messageOf(answer));
    }
  }

  failed() {
    this.unsaved = true;
    this.troubled = true;
    this.say('failed');
  }

  // The task is finished or not ours any more: the person must know, and trying again is useless.
  refused(message) {
    this.final = true;
    this.say('failed', {}, message);
  }

  say(key, values = {}, text) {
    const status = this.form.querySelector('[data-draft-status]');
    if (status) {
      const template = text || status.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`] || '';
      status.textContent = template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
      status.dataset.state = key;
    }
  }
}

function textsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf_token');
}

async function messageOf(answer) {
  const type = answer.headers.get('Content-Type') ?? '';
  return type.includes('json') ? (await answer.json()).message : '';
}
