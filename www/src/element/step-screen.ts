/** The screen of a step: the stage with its panel, bar above, transport below. Loaded before a step is shown. */

import { html, type TemplateResult } from 'lit';
import type { Step } from '../run/model';
import { replyRead } from '../run/reply';
import { LANES, LONG_NAMES, SHORT_NAMES, SIDE_BY_SIDE } from '../style/breakpoints';
import { type DrawerName, drawerAt, type Place } from './drawer/drawers';
import { banner } from './frame/banner';
import { bar } from './frame/bar';
import { fittedChoice } from './options/options';
import { panel } from './panel/panel';
import { sequence } from './stage/diagram';
import { lanes } from './stage/lanes';
import { narrowDiagram } from './stage/narrow';
import { hideCovered } from './stage/scroll';
import { openable } from './stage/value-card';
import { transport } from './transport/transport';
import { controls, drawer, isOpen, type Screen } from './views';

export { keysMove } from './stage/keys-move';

/** The panel beside the diagram leaves it no more room than a small screen has. */
const isSqueezed = (width: number): boolean => width >= SIDE_BY_SIDE && width < LONG_NAMES;

export function stepScreen(screen: Screen, step: Step): TemplateResult {
  const { language, run, view, width, status, playing, acts } = screen;
  const narrow = width < LANES;
  const short = width < SHORT_NAMES;
  const isAnswer = replyRead(run, step) !== undefined;
  // Where there is room beside it, the answer has it: of the parties and of the diagram there is what a phone has of them.
  const reads = isAnswer && width >= SIDE_BY_SIDE;
  const open = openable({
    language,
    run,
    step,
    opened: acts.pause,
    go: acts.go,
    find: (value) => acts.open({ is: 'memory', place: undefined, value }),
  });
  const top = lanes({
    language,
    run,
    step,
    open,
    narrow: narrow || reads,
    short: short || isSqueezed(width),
    few: narrow || screen.low,
  });
  const picture = { language, run, step, moving: view.moving, pace: Number(view.speed), select: acts.select };
  const showPlace = (place: Place) => acts.open({ is: 'memory', place });
  const texts = panel({
    language,
    run,
    step,
    record: view.record,
    narrow,
    openBytes: (buffer) => acts.open({ is: 'bytes', buffer }),
    openDrawer: (name: DrawerName) => acts.open(drawerAt(run, step, name)),
    showPlace,
    go: acts.go,
    write: () => acts.set({ more: true }),
    leave: () => acts.go(-1),
    switchHandshake: () => acts.choose({ ...fittedChoice(screen.options, { handshake: 'ecdhe' }), step: '1' }),
  });
  // What a drawer covers is out of reach of pointer and keyboard.
  return html`${bar({ language, run, step, short, narrow, controls: controls(screen), status })}
    ${banner({ language, run, step, show: showPlace, takeOut: acts.takeOut })}
    ${
      narrow
        ? html`<div class="stage single" ?inert=${isOpen(screen)}><div class="narrow">${top}${narrowDiagram(picture)}</div>${texts}</div>`
        : reads
          ? html`<div class="stage wide-panel" ?inert=${isOpen(screen)}><div class="diagram narrow">${top}${narrowDiagram(picture)}</div>${texts}</div>`
          : html`<div class="stage ${isAnswer ? 'wide-panel' : ''}" ?inert=${isOpen(screen)}><div class="diagram" @scroll=${(event: Event) => hideCovered(event.currentTarget as HTMLElement)}>${top}${sequence(picture)}</div>${texts}</div>`
    }
    ${transport({
      language,
      run,
      step,
      narrow,
      playing,
      speed: view.speed,
      go: acts.go,
      toggle: acts.togglePlay,
      setSpeed: (speed) => acts.set({ speed }),
    })}
    ${drawer(screen, step, false)}`;
}
