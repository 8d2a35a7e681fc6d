// The words of the drawing editor in the reader's language.
import { CHINESE } from './zh.js';

const TABLES = { zh: CHINESE };

// A module that replaces bpmn-js's translation; unknown sentences stay English.
export function translateModule(language) {
  const table = TABLES[language.split('-')[0]] ?? {};
  const translate = (template, values = {}) =>
    (table[template] ?? template).replace(/\{([^}]+)\}/g, (all, name) => values[name] ?? all);
  return { translate: ['value', translate] };
}
