/** The style sheets of `<tls-glass>`, in their order. */

import { unsafeCSS } from 'lit';
import base from '../style/base.css?inline';
import tokens from '../style/tokens.css?inline';
import frame from './frame/frame.css?inline';
import limits from './memory/limits.css?inline';
import opening from './opening/opening.css?inline';
import options from './options/options.css?inline';
import panel from './panel/panel.css?inline';
import diagram from './stage/diagram.css?inline';
import lanes from './stage/lanes.css?inline';
import narrow from './stage/narrow.css?inline';
import valueCard from './stage/value-card.css?inline';
import transport from './transport/transport.css?inline';

const SHEETS = [tokens, base, frame, options, opening, diagram, lanes, valueCard, narrow, panel, transport, limits];

export const STYLES = SHEETS.map((css) => unsafeCSS(css));
