// The FEEL fields (CodeMirror) put one <style> into the page. Mounting the first one ourselves, with the
// nonce of this page, lets all later ones join it, so the policy needs no 'unsafe-inline'.
// Must be imported before any editor.
import { StyleModule } from 'style-mod';

const nonce = document.querySelector('meta[name="csp-nonce"]')?.nonce;

if (nonce) {
  StyleModule.mount(document, new StyleModule({ '.feel-styles-start': { display: 'none' } }), { nonce });
}
