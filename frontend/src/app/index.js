// Every page: partial updates, drafts saved while typing, keyboard in lists, polling, theme.
// Without this script everything a rep or a manager does still works; it is only less comfortable.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { enhanceConfirmations } from './confirm.js';
import { enhanceDrafts } from './drafts.js';
import { csrfToken } from '../editor/server.js';
import { enhanceKeyboard } from './keyboard.js';
import { enhanceNotices } from './notices.js';
import { enhancePolling } from './polling.js';
import { enhanceTheme } from './theme.js';

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  responseHandling: [
    { code: '204|304', swap: false },
    { code: '[23]..|422', swap: true },
    { code: '[45]..', swap: false, error: true }
  ]
});

document.addEventListener('htmx:configRequest', event => {
  event.detail.headers['X-CSRFToken'] = csrfToken();
});

enhanceTheme();
enhanceKeyboard();
enhanceConfirmations();
enhanceNotices();
enhancePolling(region => htmx.process(region));
htmx.onLoad(added => enhanceDrafts(added));
enhanceDrafts(document);

// On a page with an editor, the editor says when the page is ready.
if (!document.querySelector('#editor')) {
  document.body.dataset.ready = '1';
}
