// The list of what is wrong with a drawing. One finding: {element, rule, page, severity, message, remedy, line}.

// Shows the findings in `box`; a click on one calls select(element).
export function showFindings(box, findings, texts, select) {
  const heading = document.createElement('p');
  heading.className = 'findings-count';
  heading.textContent = findings.length
    ? texts(findings.length === 1 ? 'finding' : 'findings', '{count} findings').replace('{count}', findings.length)
    : texts('noFindings', 'Nothing to mend.');
  const list = document.createElement('ol');
  list.className = 'findings-list';
  list.append(...findings.map(finding => entry(finding, texts, select)));
  box.replaceChildren(heading, list);
}

function entry(finding, texts, select) {
  const item = document.createElement('li');
  item.className = `finding finding-${finding.severity}`;
  const head = document.createElement(finding.element ? 'button' : 'span');
  head.className = 'finding-message';
  head.textContent = finding.message;
  if (finding.element) {
    head.type = 'button';
    head.dataset.element = finding.element;
    head.addEventListener('click', () => select(finding.element));
  }
  const where = detail('finding-place', place(finding, texts));
  where.append(rule(finding));
  item.append(head, detail('finding-remedy', finding.remedy), where);
  return item;
}

// The name of the rule, leading to its page in a tab of its own: what is drawn is not saved yet.
function rule(finding) {
  const name = document.createElement(finding.page ? 'a' : 'span');
  name.textContent = finding.rule;
  if (finding.page) {
    name.href = finding.page;
    name.target = '_blank';
    name.rel = 'noopener';
  }
  return name;
}

function place(finding, texts) {
  const line = finding.line ? texts('line', 'line {line}').replace('{line}', finding.line) : '';
  return [finding.element, line, ''].filter((part, index) => part || index === 2).join(' · ');
}

function detail(name, text) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text ?? '';
  return span;
}

// What is to be mended or looked at, by element: Map element id -> {severity (the worst), messages}.
export function byElement(findings) {
  const found = new Map();
  for (const { element, severity, message } of findings) {
    if (element && severity !== 'info') {
      const known = found.get(element) ?? { severity: 'warning', messages: [] };
      known.messages.push(message);
      known.severity = severity === 'error' ? 'error' : known.severity;
      found.set(element, known);
    }
  }
  return found;
}
