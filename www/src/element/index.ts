import './tls-glass-define';

export { TlsGlassElement } from './tls-glass-element';
