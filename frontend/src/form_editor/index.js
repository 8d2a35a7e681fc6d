// The form editor for analysts: form-js. What people fill in is rendered by the server from the same schema.
// Its palette and panel stay English in every language: form-js writes their words into its code and has no
// `translate` service to replace, as bpmn-js and dmn-js have. The page says so.
import '../editor/nonce.js';
import { FormEditor } from '@bpmn-io/form-js-editor';
import { Form } from '@bpmn-io/form-js-viewer';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/dragula.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import { openPage } from '../editor/page.js';

function makeFormEditor({ canvas, readonly }) {
  return readonly ? viewer(canvas) : editor(canvas);
}

function editor(container) {
  const form = new FormEditor({ container });
  return {
    type: 'application/json',
    load: text => form.importSchema(JSON.parse(text)),
    content: async () => JSON.stringify(withoutExamples(form.saveSchema()), null, 2),
    onChange: listener => form.on('commandStack.changed', listener),
    select: id => select(form, id),
    mark: () => {}
  };
}

// form-js gives an example choice to every list without choices, also where our choices are records.
function withoutExamples(component) {
  const { values, ...others } = component;
  const kept = values && component.properties?.reference ? others : component;
  return kept.components ? { ...kept, components: kept.components.map(withoutExamples) } : kept;
}

// A finding names a field by its key, as the drawings do, or by its id in the file.
function select(form, name) {
  const fields = form.get('formFieldRegistry').getAll();
  const field = fields.find(one => one.key === name) ?? fields.find(one => one.id === name);
  if (field) {
    form.get('selection').set(field);
  }
}

function viewer(container) {
  const form = new Form({ container, properties: { readOnly: true } });
  let schema = '';
  return {
    type: 'application/json',
    load(text) {
      schema = text;
      return form.importSchema(JSON.parse(text), {});
    },
    content: async () => schema,
    onChange: () => {},
    select: () => {},
    mark: () => {}
  };
}

openPage(makeFormEditor);
