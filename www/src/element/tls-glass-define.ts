/** Registers the element, and what stands in its drawers' places until they are loaded (parts.ts). */

import type { TlsGlassBytes } from './bytes/bytes-drawer';
import type { TlsGlassClaim } from './claim/claim-drawer';
import { TlsGlassPending } from './drawer/pending-drawer';
import type { TlsGlassKeys } from './keys/keys-drawer';
import type { TlsGlassMemory } from './memory/memory-drawer';
import type { TlsGlassPicture } from './memory/picture-element';
import { define } from './parts';
import { TlsGlassElement } from './tls-glass-element';

define({ 'tls-glass-pending': TlsGlassPending, 'tls-glass': TlsGlassElement });

declare global {
  interface HTMLElementTagNameMap {
    'tls-glass': TlsGlassElement;
    'tls-glass-pending': TlsGlassPending;
    'tls-glass-bytes': TlsGlassBytes;
    'tls-glass-keys': TlsGlassKeys;
    'tls-glass-memory': TlsGlassMemory;
    'tls-glass-picture': TlsGlassPicture;
    'tls-glass-claim': TlsGlassClaim;
  }
}
