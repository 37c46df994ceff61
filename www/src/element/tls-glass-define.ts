/** Registers the element and its inner parts. */

import { TlsGlassBytes } from './bytes/bytes-drawer';
import { TlsGlassClaim } from './claim/claim-drawer';
import { TlsGlassKeys } from './keys/keys-drawer';
import { TlsGlassMemory } from './memory/memory-drawer';
import { TlsGlassPicture } from './memory/picture-element';
import { TlsGlassElement } from './tls-glass-element';

const ELEMENTS = {
  'tls-glass-bytes': TlsGlassBytes,
  'tls-glass-keys': TlsGlassKeys,
  'tls-glass-memory': TlsGlassMemory,
  'tls-glass-picture': TlsGlassPicture,
  'tls-glass-claim': TlsGlassClaim,
  'tls-glass': TlsGlassElement,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, element);
}

declare global {
  interface HTMLElementTagNameMap {
    'tls-glass': TlsGlassElement;
    'tls-glass-bytes': TlsGlassBytes;
    'tls-glass-keys': TlsGlassKeys;
    'tls-glass-memory': TlsGlassMemory;
    'tls-glass-picture': TlsGlassPicture;
    'tls-glass-claim': TlsGlassClaim;
  }
}
