// The decision editor: dmn-js with requirement graph, tables and expressions.
import '../editor/nonce.js';
import DmnModeler from 'dmn-js/lib/Modeler';
import DmnViewer from 'dmn-js/lib/NavigatedViewer';
import camundaModdle from 'camunda-dmn-moddle/resources/camunda.json';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import { translateModule } from '../editor/language.js';
import { openPage } from '../editor/page.js';
import { markTable, openElement, viewTabs } from './views.js';
import { CHINESE } from './zh.js';

// dmn-js makes an editor for each, and hands its modules to none but them.
const VIEWS = ['drd', 'decisionTable', 'literalExpression', 'boxedExpression'];

function makeDecisions({ canvas, readonly, language }) {
  const paper = document.createElement('div');
  paper.className = 'decision-paper';
  const Editor = readonly ? DmnViewer : DmnModeler;
  const words = { additionalModules: [translateModule(language, CHINESE)] };
  const editor = new Editor({
    container: paper,
    moddleExtensions: { camunda: camundaModdle },
    ...Object.fromEntries(VIEWS.map(view => [view, words]))
  });
  const listeners = [];
  let findings = [];
  canvas.append(viewTabs(editor, language), paper);

  // Every view has an editor of its own; each is listened to once.
  const heard = new WeakSet();
  editor.on('views.changed', ({ activeView }) => {
    const active = activeView && editor.getActiveViewer();
    if (active && !heard.has(active)) {
      heard.add(active);
      active.on('commandStack.changed', () => listeners.forEach(listener => listener()));
      active.on('elements.changed', () => markTable(paper, findings));
    }
    markTable(paper, findings);
  });

  return {
    type: 'application/xml',
    load: xml => editor.importXML(xml),
    async content() {
      return (await editor.saveXML({ format: true })).xml;
    },
    onChange: listener => listeners.push(listener),
    select: element => openElement(editor, paper, element),
    mark(found) {
      findings = found;
      markTable(paper, findings);
    }
  };
}

openPage(makeDecisions);
