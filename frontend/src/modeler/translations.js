// A group in the properties panel for the Chinese name and documentation of an element, which the drawing
// keeps as <i18n:translation xml:lang="zh-Hans" target="@name"> in its extension elements.
import { h } from '@bpmn-io/properties-panel/preact';
import {
  TextAreaEntry, TextFieldEntry, isTextAreaEntryEdited, isTextFieldEntryEdited
} from '@bpmn-io/properties-panel';
import { useService } from 'bpmn-js-properties-panel';

const NAMESPACE = 'http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0';
const LANGUAGE = 'zh-Hans';
const TYPE = 'i18n:translation';

class TranslationsProvider {
  static $inject = ['propertiesPanel', 'translate'];

  constructor(propertiesPanel, translate) {
    this.translate = translate;
    propertiesPanel.registerProvider(400, this);
  }

  getGroups(element) {
    return groups => element.businessObject ? [...groups, this.group(element)] : groups;
  }

  group(element) {
    return {
      id: 'translations',
      label: this.translate('Translations'),
      entries: [
        entry(element, '@name', 'Chinese name', TextFieldEntry, isTextFieldEntryEdited),
        entry(element, 'documentation', 'Chinese documentation', TextAreaEntry, isTextAreaEntryEdited)
      ]
    };
  }
}

function entry(element, target, label, field, isEdited) {
  return { id: `translation-${label.split(' ')[1]}`, element, isEdited, component: Field, target, label, field };
}

function Field({ id, element, target, label, field }) {
  const modeling = useService('modeling');
  const moddle = useService('moddle');
  const translate = useService('translate');
  const debounce = useService('debounceInput');
  return h(field, {
    id,
    element,
    label: translate(label),
    debounce,
    getValue: () => find(element, target)?.$body ?? '',
    setValue: value => store({ element, target, value, modeling, moddle })
  });
}

function find(element, target) {
  const values = element.businessObject.extensionElements?.values ?? [];
  return values.find(one => one.$type === TYPE && one['xml:lang'] === LANGUAGE && one.target === target);
}

function store({ element, target, value, modeling, moddle }) {
  const owner = element.businessObject;
  const kept = (owner.extensionElements?.values ?? []).filter(one => one !== find(element, target));
  const added = value
    ? [moddle.createAny(TYPE, NAMESPACE, { 'xml:lang': LANGUAGE, target, $body: value })]
    : [];
  if (owner.extensionElements) {
    modeling.updateModdleProperties(element, owner.extensionElements, { values: [...kept, ...added] });
  } else {
    const extensionElements = moddle.create('bpmn:ExtensionElements', { values: added });
    extensionElements.$parent = owner;
    modeling.updateModdleProperties(element, owner, { extensionElements });
  }
}

export default {
  __init__: ['translationsProvider'],
  translationsProvider: ['type', TranslationsProvider]
};
