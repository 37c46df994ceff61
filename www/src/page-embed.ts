/** The element alone, for an iframe. It leaves its address as it is: that is for whoever embeds it. */

import './element/index';
import { applyParameters, applyTheme } from './page-parameters';

applyTheme(applyParameters() ?? 'system');
