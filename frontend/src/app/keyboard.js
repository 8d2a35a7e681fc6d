// Lists by keyboard: <… data-roving> holds rows <… data-roving-item>; one row is in the tab order.
// Arrows, Home and End move; Enter follows the row's [data-roving-open]. Single letters (j, k, c = claim) can be
// switched off with <body data-shortcuts="off">.
const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export function enhanceKeyboard() {
  document.addEventListener('keydown', pressed);
  document.addEventListener('focusin', event => {
    const row = event.target.closest?.('[data-roving-item]');
    if (row) {
      makeTabStop(row);
    }
  });
  for (const list of document.querySelectorAll('[data-roving]')) {
    prepare(list);
  }
  document.addEventListener('salesflow:replaced', event => {
    const inside = [...event.target.querySelectorAll('[data-roving]')];
    [...inside, event.target.closest('[data-roving]')].filter(Boolean).forEach(prepare);
  });
}

function prepare(list) {
  const rows = rowsOf(list);
  if (rows.length && !rows.some(row => row.tabIndex === 0)) {
    makeTabStop(rows[0]);
  }
}

function rowsOf(list) {
  return [...list.querySelectorAll('[data-roving-item]')];
}

function makeTabStop(row) {
  for (const other of rowsOf(row.closest('[data-roving]'))) {
    other.tabIndex = other === row ? 0 : -1;
  }
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
    return;
  }
  if (event.key.length === 1 && document.body.dataset.shortcuts === 'off') {
    return;
  }
  const list = event.target.closest('[data-roving]') ?? onlyList(event);
  if (list && handle(event, list)) {
    event.preventDefault();
  }
}

function onlyList(event) {
  const lists = document.querySelectorAll('[data-roving]');
  return event.target === document.body && lists.length === 1 ? lists[0] : null;
}

function handle(event, list) {
  const rows = rowsOf(list);
  const current = event.target.closest('[data-roving-item]');
  if (event.key in STEPS || event.key === 'Home' || event.key === 'End') {
    return move(rows, current, event.key);
  }
  if (event.key === 'Enter' && event.target === current) {
    return click(current?.querySelector('[data-roving-open]'));
  }
  return event.key === 'c' && click(current?.querySelector('[data-roving-claim]'));
}

function move(rows, current, key) {
  const here = rows.indexOf(current);
  const places = { Home: 0, End: rows.length - 1 };
  const next = places[key] ?? Math.min(rows.length - 1, Math.max(0, here + STEPS[key]));
  rows[next]?.focus();
  return rows.length > 0;
}

function click(target) {
  target?.click();
  return Boolean(target);
}

function isTyping(target) {
  return target.isContentEditable || target.matches('input, select, textarea');
}
