// What the three editors share: load the document, check it while it is edited, save, submit, warn on leaving.
import { showFindings } from './findings.js';
import { getText, postText } from './server.js';
import './editor.css';

const CHECK_AFTER = 500;

// The properties panels hand over what is typed 300 ms after the last key; saving waits for that.
const TYPING_ARRIVES_WITHIN = 350;

// `make(settings)` builds the editor in settings.canvas and settings.panel and returns
// {type, load(text), content(), onChange(listener), select(element), mark(findings)}; load resolves to
// {warnings: [{message}]}, what of the text the editor did not understand.
export async function openPage(make) {
  const root = document.querySelector('#editor');
  const page = new Page(root);
  try {
    await page.open(make);
  } catch (error) {
    page.say('loadFailed', 'This document could not be opened: {reason}', { reason: error.message });
    root.dataset.state = 'failed';
  }
  document.body.dataset.ready = '1';
}

class Page {
  constructor(root) {
    this.root = root;
    this.readonly = ['', '1', 'true'].includes(root.dataset.readonly ?? 'no');
    this.version = root.dataset.version;
    this.edits = 0;
    this.savedEdits = 0;
    this.texts = (key, fallback) => root.dataset[`text${key[0].toUpperCase()}${key.slice(1)}`] || fallback;
  }

  async open(make) {
    const text = await getText(this.root.dataset.xmlUrl);
    this.editor = make({
      canvas: this.place('editor-canvas'),
      panel: this.place('editor-panel'),
      readonly: this.readonly,
      language: this.root.dataset.language ?? 'en'
    });
    const { warnings } = await this.editor.load(text);
    this.notUnderstood = warnings.map(warning => this.notUnderstoodFinding(warning));
    this.root.dataset.state = 'open';
    await this.check();
    if (this.readonly) {
      this.say('readonly', 'You can look at this, but not change it.');
    } else {
      this.enableEditing();
    }
  }

  place(name) {
    const box = document.createElement('div');
    box.className = name;
    this.root.append(box);
    return box;
  }

  enableEditing() {
    this.editor.onChange(() => this.changed());
    for (const [id, verb] of [['save', () => this.save()], ['submit', () => this.submit()]]) {
      document.getElementById(id)?.addEventListener('click', event => {
        event.preventDefault();
        verb();
      });
    }
    document.addEventListener('keydown', event => {
      if ((event.ctrlKey || event.metaKey) && event.key === 's') {
        event.preventDefault();
        this.save();
      }
    });
    window.addEventListener('beforeunload', event => {
      if (this.edits !== this.savedEdits) {
        event.preventDefault();
      }
    });
    const seconds = Number(this.root.dataset.autosaveSeconds);
    if (seconds > 0) {
      setInterval(() => this.edits !== this.savedEdits && this.save(), seconds * 1000);
    }
  }

  changed() {
    this.edits += 1;
    this.say('unsaved', 'Not saved yet.');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), CHECK_AFTER);
  }

  // Asks the server what is wrong; an answer to an older question is dropped.
  async check() {
    const box = document.querySelector('#findings');
    if (!this.root.dataset.lintUrl || !box) {
      return;
    }
    this.question?.abort();
    const question = this.question = new AbortController();
    try {
      const answer = await postText(this.root.dataset.lintUrl, await this.editor.content(), {
        type: this.editor.type, signal: question.signal
      });
      if (question === this.question) {
        this.showFindings(Array.isArray(answer) ? answer : answer.findings ?? []);
      }
    } catch (error) {
      if (!question.signal.aborted) {
        this.say('checkFailed', 'Could not be checked: {reason}', { reason: error.message });
      }
    }
  }

  // An editor writes back only what it understood, so what it did not is said for as long as the page is open.
  notUnderstoodFinding({ message }) {
    return {
      severity: 'warning',
      message: this.texts('notUnderstood', 'The editor did not understand: {reason}').replace('{reason}', message),
      remedy: this.texts('notUnderstoodRemedy', 'Saving here could lose it. Mend the file in a text editor first.')
    };
  }

  showFindings(found) {
    const findings = [...this.notUnderstood, ...found];
    const box = document.querySelector('#findings');
    if (box) {
      showFindings(box, findings, this.texts, element => this.editor.select(element));
    }
    this.editor.mark(findings);
  }

  save() {
    return this.send(this.root.dataset.saveUrl, 'saved', 'Saved.');
  }

  submit() {
    return this.send(this.root.dataset.submitUrl, 'submitted', 'Submitted.');
  }

  // One request at a time; a second one asked for meanwhile follows with the newest content.
  async send(url, key, fallback) {
    const before = this.sending;
    const mine = this.sending = (async () => {
      await before;
      await this.sendNow(url, key, fallback);
    })();
    return mine;
  }

  async sendNow(url, key, fallback) {
    this.say('saving', 'Saving …');
    await new Promise(resolve => setTimeout(resolve, TYPING_ARRIVES_WITHIN));
    const edits = this.edits;
    try {
      const answer = await postText(url, await this.editor.content(), {
        type: this.editor.type, version: this.version, base: this.root.dataset.base
      });
      this.saved(answer, edits, this.texts(key, fallback));
      this.follow(answer);
    } catch (error) {
      if (error.body?.findings) {
        this.saved(error.body, edits);
        this.showFindings(error.body.findings);
      } else {
        this.say('saveFailed', 'Not saved: {reason}', { reason: error.message });
      }
    }
  }

  // The server kept the content, also where it refuses to hand it in for what it found.
  saved({ version, message }, edits, fallback) {
    this.version = version ? String(version) : this.version;
    this.savedEdits = edits;
    if (this.edits === edits) {
      this.sayText(message || fallback);
    }
  }

  follow(answer) {
    if (answer.redirect) {
      const target = new URL(answer.redirect, location.href);
      if (target.origin === location.origin) {
        location.assign(target);
      }
    }
  }

  say(key, fallback, values = {}) {
    this.sayText(this.texts(key, fallback).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? ''));
  }

  sayText(text) {
    this.status ??= document.querySelector('#status') ?? this.makeStatus();
    this.status.textContent = text;
  }

  makeStatus() {
    const status = document.createElement('p');
    status.id = 'status';
    status.setAttribute('role', 'status');
    this.root.before(status);
    return status;
  }
}
