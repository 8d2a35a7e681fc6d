// Moving between the graph and the tables of one DMN file, and findings on rows and cells.
import { byElement } from '../editor/findings.js';

const GRAPH = { en: 'Diagram', zh: '关系图' };

// A bar of buttons, one per view, kept in step with the editor.
export function viewTabs(editor, language) {
  const bar = document.createElement('div');
  bar.className = 'decision-views';
  bar.setAttribute('role', 'group');
  editor.on('views.changed', ({ views, activeView }) => {
    bar.replaceChildren(...views.map(view => tab(editor, view, view === activeView, language)));
  });
  return bar;
}

function tab(editor, view, pressed, language) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = view.type === 'drd'
    ? GRAPH[language.split('-')[0]] ?? GRAPH.en
    : view.element.name || view.element.id;
  button.dataset.view = view.element.id;
  button.setAttribute('aria-pressed', String(pressed));
  button.addEventListener('click', () => editor.open(view));
  return button;
}

// Opens the view that holds the element with this id, and shows the element.
export async function openElement(editor, paper, id) {
  const views = editor.getViews();
  const view = views.find(one => one.element.id === id)
    ?? views.find(one => one.type !== 'drd' && contains(one.element, id));
  if (view) {
    await editor.open(view);
  }
  cell(paper, id)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function contains(element, id) {
  const children = Object.entries(element)
    .filter(([name, value]) => !name.startsWith('$') && value && typeof value === 'object')
    .flatMap(([, value]) => value);
  return element.id === id || children.some(child => child.$type && contains(child, id));
}

// Puts the sentences of the findings on the rows and cells that are on the screen.
export function markTable(paper, findings) {
  for (const old of paper.querySelectorAll('.has-finding')) {
    old.classList.remove('has-finding');
    old.removeAttribute('title');
  }
  for (const [id, { messages }] of byElement(findings)) {
    const found = cell(paper, id);
    found?.classList.add('has-finding');
    found?.setAttribute('title', messages.join('\n'));
  }
}

function cell(paper, id) {
  const name = CSS.escape(id);
  return paper.querySelector(`[data-element-id="${name}"], [data-row-id="${name}"], [data-col-id="${name}"]`);
}
