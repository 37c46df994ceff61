/** The element alone, for an iframe. */

import './element/index';
import { applyParameters } from './page-parameters';

document.documentElement.setAttribute('theme', applyParameters().get('theme') ?? 'system');
