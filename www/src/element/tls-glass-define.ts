/** Registers the element and its inner parts. */

import { TlsGlassBytes } from './bytes-drawer';
import { TlsGlassElement } from './tls-glass-element';

if (!customElements.get('tls-glass-bytes')) customElements.define('tls-glass-bytes', TlsGlassBytes);
if (!customElements.get('tls-glass')) customElements.define('tls-glass', TlsGlassElement);

declare global {
  interface HTMLElementTagNameMap {
    'tls-glass': TlsGlassElement;
    'tls-glass-bytes': TlsGlassBytes;
  }
}
