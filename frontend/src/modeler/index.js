// The drawing editor: bpmn-js with the properties of Camunda 7, a map, and our findings on the shapes.
import '../editor/nonce.js';
import BpmnModeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  CamundaPlatformPropertiesProviderModule
} from 'bpmn-js-properties-panel';
import CamundaPlatformBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-platform/index.js';
import camundaModdle from 'camunda-bpmn-moddle/resources/camunda.json';
import minimapModule from 'diagram-js-minimap';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import { openPage } from '../editor/page.js';
import { translateModule } from '../editor/language.js';
import { marker } from './marks.js';
import translationsModule from './translations.js';
import { CHINESE } from './zh.js';

const PALETTE = 115;
const MARGIN = 12;

function makeModeler({ canvas, panel, readonly, language }) {
  const tools = readonly ? viewer(canvas, language) : modeler(canvas, panel, language);
  return {
    type: 'application/xml',
    async load(xml) {
      const imported = await tools.importXML(xml);
      showAll(tools.get('canvas'), readonly ? 0 : PALETTE);
      return imported;
    },
    async content() {
      return (await tools.saveXML({ format: true })).xml;
    },
    onChange: listener => tools.on('commandStack.changed', listener),
    select: element => select(tools, element),
    mark: marker(tools)
  };
}

// Shows the whole drawing, with room on the left for the palette that lies over the canvas.
function showAll(canvas, room) {
  canvas.zoom('fit-viewport', 'auto');
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - room - 2 * MARGIN) / inner.width, (outer.height - 2 * MARGIN) / inner.height, 1);
  if (room && scale > 0) {
    const [width, height] = [outer.width / scale, outer.height / scale];
    canvas.viewbox({
      x: inner.x - (room + MARGIN) / scale, y: inner.y + (inner.height - height) / 2, width, height
    });
  }
}

function viewer(container, language) {
  return new NavigatedViewer({
    container,
    additionalModules: [translateModule(language, CHINESE)],
    moddleExtensions: { camunda: camundaModdle }
  });
}

function modeler(container, panel, language) {
  return new BpmnModeler({
    container,
    propertiesPanel: { parent: panel },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      CamundaPlatformPropertiesProviderModule,
      CamundaPlatformBehaviors,
      minimapModule,
      translationsModule,
      translateModule(language, CHINESE)
    ],
    moddleExtensions: { camunda: camundaModdle }
  });
}

function select(tools, id) {
  const element = tools.get('elementRegistry').get(id);
  if (!element) {
    return;
  }
  tools.get('canvas').scrollToElement(element);
  tools.get('selection', false)?.select(element);
  tools.get('canvas').focus();
}

openPage(makeModeler);
