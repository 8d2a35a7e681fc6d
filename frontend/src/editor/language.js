// The words of a bpmn.io editor in the reader's language.

// A module that replaces the editor's translation by `chinese` (English sentence to Chinese); what is not in it
// stays English, and so does everything in any other language.
export function translateModule(language, chinese) {
  const table = language.startsWith('zh') ? chinese : {};
  const translate = (template, values = {}) =>
    (table[template] ?? template).replace(/\{\s*([^}\s]+)\s*\}/g, (all, name) => values[name] ?? all);
  return { translate: ['value', translate] };
}
