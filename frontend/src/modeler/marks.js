// Findings on the shapes: a coloured outline and a badge with the sentences.
import { byElement } from '../editor/findings.js';

// A function that shows findings on the drawing in place of those it showed before.
export function marker(tools) {
  let marked = [];
  return findings => {
    const canvas = tools.get('canvas');
    const overlays = tools.get('overlays');
    const registry = tools.get('elementRegistry');
    overlays.remove({ type: 'finding' });
    for (const [id, name] of marked) {
      if (registry.get(id)) {
        canvas.removeMarker(id, name);
      }
    }
    marked = [];
    for (const [id, { severity, messages }] of byElement(findings)) {
      if (registry.get(id)) {
        canvas.addMarker(id, `has-${severity}`);
        marked.push([id, `has-${severity}`]);
        if (registry.get(id) !== canvas.getRootElement()) {
          overlays.add(id, 'finding', { position: { top: -12, left: -12 }, html: badge(severity, messages) });
        }
      }
    }
  };
}

function badge(severity, messages) {
  const box = document.createElement('div');
  box.className = `finding-badge finding-badge-${severity}`;
  box.textContent = messages.length > 1 ? String(messages.length) : '!';
  box.title = messages.join('\n');
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', box.title);
  return box;
}
