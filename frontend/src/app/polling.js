// <div data-poll-url="…" data-poll-seconds="12"> asks its address again and again and shows the answer.
// The server answers 304 as long as nothing has changed, so asking costs next to nothing.
const JITTER = 0.2;

export function enhancePolling(adopt) {
  for (const region of document.querySelectorAll('[data-poll-url]')) {
    new Poll(region, adopt).next();
  }
}

class Poll {
  constructor(region, adopt) {
    this.region = region;
    this.adopt = adopt;
    this.tag = region.dataset.pollTag ?? '';
    this.seconds = Number(region.dataset.pollSeconds) || 12;
    document.addEventListener('visibilitychange', () => document.hidden || this.ask());
  }

  next() {
    clearTimeout(this.timer);
    const spread = 1 + JITTER * (2 * Math.random() - 1);
    this.timer = setTimeout(() => this.ask(), this.seconds * 1000 * spread);
  }

  async ask() {
    if (!this.region.isConnected) {
      return;
    }
    if (!document.hidden && !this.isInUse() && !this.asking) {
      this.asking = true;
      try {
        await this.fetch();
      } catch (error) {
        if (!(error instanceof TypeError)) {
          throw error;
        }
        // The network is away: the page keeps what it shows, and asks again.
      } finally {
        this.asking = false;
      }
    }
    this.next();
  }

  async fetch() {
    const headers = { 'X-Requested-With': 'poll', ...(this.tag && { 'If-None-Match': this.tag }) };
    const answer = await fetch(this.region.dataset.pollUrl, { headers, credentials: 'same-origin' });
    if (answer.status === 200 && !answer.redirected && !this.isInUse()) {
      this.tag = answer.headers.get('ETag') ?? '';
      this.show(await answer.text());
    }
  }

  // Never under somebody's hands: while a field in it has the focus, or a menu in it is open, it stays.
  isInUse() {
    const focus = document.activeElement;
    const typing = this.region.contains(focus) && focus.matches('input, select, textarea');
    return typing || this.region.querySelector('dialog[open], :popover-open') !== null;
  }

  show(html) {
    const focused = this.region.contains(document.activeElement) ? document.activeElement.id : '';
    this.region.innerHTML = html;
    this.adopt(this.region);
    this.region.dispatchEvent(new CustomEvent('salesflow:replaced', { bubbles: true }));
    if (focused) {
      document.getElementById(focused)?.focus();
    }
  }
}
