/** The style sheets of `<tls-glass>`, in their order. */

import { unsafeCSS } from 'lit';
import around from '../style/around.css?inline';
import base from '../style/base.css?inline';
import diagram from '../style/diagram.css?inline';
import frame from '../style/frame.css?inline';
import glass from '../style/glass.css?inline';
import lanes from '../style/lanes.css?inline';
import limits from '../style/limits.css?inline';
import motion from '../style/motion.css?inline';
import panel from '../style/panel.css?inline';
import question from '../style/question.css?inline';
import tokens from '../style/tokens.css?inline';
import transport from '../style/transport.css?inline';

const SHEETS = [tokens, base, frame, question, diagram, lanes, motion, around, panel, transport, glass, limits];

export const STYLES = SHEETS.map((css) => unsafeCSS(css));
