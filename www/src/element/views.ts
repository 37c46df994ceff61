/** The two screens, from the run, the step and what the reader did. Pure: everything that happens goes through `acts`. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartName } from '../content/language';
import { fitting } from '../run/choices';
import type { BufferRef, Handshake, Run, RunOptions, Step, ValueName } from '../run/model';
import { LANES, SHORT_NAMES } from '../style/breakpoints';
import { type Drawer, type DrawerName, drawerAt, type Place } from './drawer/drawers';
import { awaited } from './frame/awaited';
import { banner } from './frame/banner';
import { bar } from './frame/bar';
import type { FindBytes } from './memory/memory-drawer';
import { opening } from './opening/opening';
import { question } from './opening/question';
import { handshakeToggle, more } from './options/controls';
import type { OptionName } from './options/options';
import type { Position } from './options/position';
import { panel } from './panel/panel';
import type { LoadedParts } from './parts';
import { sequence } from './stage/diagram';
import { lanes } from './stage/lanes';
import { narrowDiagram } from './stage/narrow';
import { type Speed, transport } from './transport/transport';

/** What the reader did, as far as it is not the run or the step. */
export interface View {
  /** The key whose trial on the opening record is shown. */
  readonly tried: ValueName | undefined;
  readonly more: boolean;
  readonly drawer: Drawer | undefined;
  /** The record selected in the diagram. */
  readonly record: number | undefined;
  readonly speed: Speed;
  /** Whether the step was entered forwards. */
  readonly moving: boolean;
}

export const FIRST_VIEW: View = {
  tried: undefined,
  more: false,
  drawer: undefined,
  record: undefined,
  speed: '1',
  moving: false,
};

export type Choice = Partial<Record<OptionName, string | undefined>>;

/** A choice, with what no longer goes with it left to its default. */
function fitted(options: RunOptions, choice: Choice): Choice {
  const { ems, clientcert, ...rest } = choice;
  const wanted = {
    ...options,
    ...rest,
    ...(ems === undefined ? {} : { extendedMasterSecret: ems !== 'off' }),
    ...(clientcert === undefined ? {} : { clientCertificate: clientcert }),
  } as RunOptions;
  const fit = fitting(wanted);
  const misfits = (['certificate', 'cipher', 'group', 'resumption'] as const).filter(
    (name) => fit[name] !== wanted[name],
  );
  const asked = fit.clientCertificate === wanted.clientCertificate ? [] : ['clientcert'];
  return { ...choice, ...Object.fromEntries([...misfits, ...asked].map((name) => [name, undefined])) };
}

/** What a reader can do. */
export interface Acts {
  readonly set: (view: Partial<View>) => void;
  readonly go: (index: number) => void;
  readonly select: (step: Step, record: number | undefined) => void;
  readonly choose: (choice: Choice) => void;
  readonly newRun: () => void;
  readonly newKey: () => void;
  readonly watch: () => void;
  readonly togglePlay: () => void;
  readonly open: (drawer: Drawer) => void;
  readonly closeDrawer: () => void;
  /** Plants the server's private key in the client at this step, in a new run. */
  readonly plant: () => void;
  readonly takeOut: () => void;
  readonly find: FindBytes;
  /** Tries once more to load what could not be loaded. */
  readonly loadAgain: (name: PartName) => void;
}

/** A screen, with or without a run on it. */
export interface Frame {
  readonly language: Language;
  /** What is loaded of what loads when it is needed. */
  readonly parts: LoadedParts;
  /** What is asked for; the run on display may still be the one before. */
  readonly options: RunOptions;
  readonly view: View;
  readonly width: number;
  readonly status: string;
  readonly acts: Acts;
}

export interface Screen extends Frame {
  readonly run: Run;
  readonly playing: boolean;
  readonly theme: string | undefined;
}

/** Before the first run is there. */
export function awaitedScreen(frame: Frame, position: Position): TemplateResult {
  return awaited({ ...frame, position, controls: controls(frame) });
}

export function openingScreen(screen: Screen): TemplateResult {
  const { language, run, view, width, status, acts } = screen;
  const ask = question({
    language,
    run,
    tried: view.tried,
    try: (tried) => acts.set({ tried: view.tried === tried ? undefined : tried }),
    watch: acts.watch,
    test: () => acts.open({ is: 'claim' }),
    controls: controls(screen),
  });
  const step = endOf(run);
  const narrow = width < LANES;
  const first = opening({
    language,
    run,
    step,
    narrow,
    short: width < SHORT_NAMES,
    covered: isOpen(screen),
    question: ask,
    status,
  });
  return html`${step ? banner({ language, run, step, show: (place) => acts.open({ is: 'memory', place }), takeOut: acts.takeOut }) : nothing}
    ${first} ${step ? drawer(screen, step, true) : nothing}`;
}

/** The step in which the client reads the reply; of a failed connection, the last one. */
function endOf(run: Run): Step | undefined {
  return run.steps.find((step) => step.id === 'read') ?? run.steps.at(-1);
}

const isOpen = ({ view }: Screen): boolean => view.drawer !== undefined;

export function stepScreen(screen: Screen, step: Step): TemplateResult {
  const { language, run, view, width, status, playing, acts } = screen;
  const narrow = width < LANES;
  const short = width < SHORT_NAMES;
  const top = lanes({ language, run, step, narrow, short });
  const picture = { language, run, step, moving: view.moving, select: acts.select };
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
    leave: () => acts.go(-1),
    switchHandshake: () => acts.choose({ ...fitted(screen.options, { handshake: 'ecdhe' }), step: '1' }),
  });
  // What a drawer covers is out of reach of pointer and keyboard.
  return html`${bar({ language, run, step, short, narrow, controls: controls(screen), status })}
    ${banner({ language, run, step, show: showPlace, takeOut: acts.takeOut })}
    ${
      narrow
        ? html`<div class="stage single" ?inert=${isOpen(screen)}><div class="narrow">${top}${narrowDiagram(picture)}</div>${texts}</div>`
        : html`<div class="stage" ?inert=${isOpen(screen)}><div class="diagram">${top}${sequence(picture)}</div>${texts}</div>`
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

/** The open drawer; `whole` where there is no transport to leave free. */
function drawer(screen: Screen, step: Step, whole: boolean): TemplateResult | typeof nothing {
  const { language, run, view, width, theme, acts } = screen;
  const { words } = screen.parts;
  const narrow = width < SHORT_NAMES;
  const goTo = (event: CustomEvent<Place | undefined>) => acts.open({ is: 'memory', place: event.detail });
  switch (view.drawer?.is) {
    case 'bytes':
      if (!words.bytes) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-bytes .language=${language} .words=${words.bytes} .run=${run} .buffer=${view.drawer.buffer} .narrow=${narrow}
        @bytes-open=${(event: CustomEvent<BufferRef>) => acts.open({ is: 'bytes', buffer: event.detail })}
        @drawer-close=${acts.closeDrawer}></tls-glass-bytes>`;
    case 'keys':
      if (!words.keys) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-keys .language=${language} .words=${words.keys} .run=${run} .step=${step}
        @drawer-place=${goTo} @drawer-close=${acts.closeDrawer}></tls-glass-keys>`;
    case 'memory':
      if (!words.memory) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-memory ?whole=${whole} .language=${language} .words=${words.memory} .run=${run} .step=${step}
        .place=${view.drawer.place} .find=${acts.find} .narrow=${width < LANES} .theme=${theme} @drawer-place=${goTo}
        @drawer-plant=${acts.plant} @drawer-takeout=${acts.takeOut} @drawer-close=${acts.closeDrawer}></tls-glass-memory>`;
    case 'claim':
      if (!words.claim) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-claim ?whole=${whole} .language=${language} .words=${words.claim} .run=${run}
        @drawer-close=${acts.closeDrawer}></tls-glass-claim>`;
    default:
      return nothing;
  }
}

/** In a drawer's place until it is loaded. */
function pending({ language, parts, acts }: Screen, name: DrawerName, whole: boolean): TemplateResult {
  return html`<tls-glass-pending ?whole=${whole} .language=${language} .heading=${language.drawers.titles[name]}
    .failed=${parts.failed[name]} @drawer-retry=${() => acts.loadAgain(name)} @drawer-close=${acts.closeDrawer}></tls-glass-pending>`;
}

function controls(screen: Frame): TemplateResult {
  const { language, options, parts, view, acts } = screen;
  const toggle = handshakeToggle(language, options.handshake, (handshake: Handshake) =>
    acts.choose(fitted(options, { handshake })),
  );
  return html`${toggle}
    ${more({
      language,
      open: view.more,
      toggle: (open) => acts.set({ more: open }),
      menu: menu(screen),
      failed: parts.failed.menu,
      loadAgain: () => acts.loadAgain('menu'),
    })}`;
}

function menu({ language, options, parts, acts }: Frame): TemplateResult | undefined {
  const words = parts.words.menu;
  if (!words) return undefined;
  return parts.code.menu?.({
    language,
    words,
    options,
    choose: (choice) => acts.choose(fitted(options, choice)),
    newRun: acts.newRun,
    newKey: acts.newKey,
  });
}
