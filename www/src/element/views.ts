/**
 * What the screens are drawn from, the opening one, and what it shares with that of the steps (step-screen.ts). Pure: everything
 * that happens goes through `acts`.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartName, PartWords } from '../content/language';
import type { BufferRef, Handshake, Run, RunOptions, Step, ValueName } from '../run/model';
import { LANES, SHORT_NAMES } from '../style/breakpoints';
import type { Drawer, DrawerName, Place } from './drawer/drawers';
import { awaitedStage } from './frame/awaited';
import { banner } from './frame/banner';
import type { FindBytes } from './memory/memory-drawer';
import { awaitedOpening, opening } from './opening/opening';
import { handshakeToggle, more } from './options/controls';
import { type Choice, fittedChoice } from './options/options';
import type { OptionsMenu } from './options/options-menu';
import { idsOf, type Position, plannedStep } from './options/position';
import type { KeysMove } from './stage/keys-move';
import type { Speed } from './transport/transport';

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

/** What a reader can do. */
export interface Acts {
  readonly set: (view: Partial<View>) => void;
  readonly go: (index: number) => void;
  readonly select: (step: Step, record: number | undefined) => void;
  readonly choose: (choice: Choice) => void;
  /** The last key exchange that was chosen in which the server shows who it is. */
  readonly named: () => Handshake;
  readonly newRun: () => void;
  readonly newKey: () => void;
  readonly watch: () => void;
  readonly togglePlay: () => void;
  /** The reader looks at something. */
  readonly pause: () => void;
  readonly open: (drawer: Drawer) => void;
  readonly closeDrawer: () => void;
  /** Plants the server's private key in the client at this step, in a new run. */
  readonly plant: () => void;
  readonly takeOut: () => void;
  readonly find: FindBytes;
  /** Tries once more to load what could not be loaded. */
  readonly loadAgain: (name: PartName) => void;
}

/** Code that loads when it is needed, as far as it is no element. */
export interface LoadedCode {
  readonly menu?: OptionsMenu;
  readonly stepScreen?: (screen: Screen, step: Step) => TemplateResult;
  readonly keysMove?: KeysMove;
}

/** What is there of what loads when it is needed, in one language (parts.ts). */
export interface LoadedParts {
  /** A part whose words are here is loaded whole. */
  readonly words: Partial<PartWords>;
  readonly code: LoadedCode;
  /** Why a part could not be loaded, by its name. */
  readonly failed: Readonly<Partial<Record<PartName, string>>>;
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
  /** Whether the window is low. */
  readonly low: boolean;
  /** Whether the reader has tried a key on the reply, or been at a step. */
  readonly begun: boolean;
  readonly status: string;
  readonly acts: Acts;
}

export interface Screen extends Frame {
  readonly run: Run;
  readonly playing: boolean;
  readonly theme: string | undefined;
}

/** Before the first run is there. That it is on its way is announced once. */
export function awaitedScreen(frame: Frame, position: Position): TemplateResult {
  const ids = idsOf(frame.options);
  const id = plannedStep(ids, position);
  return html`<p class="hidden-text" role="status">${frame.language.ui.status.waiting}</p>
    ${id ? awaitedStage({ ...frame, controls: controls(frame) }, ids, id) : awaitedOpening({ ...frame, toggle: toggle(frame) })}`;
}

export function openingScreen(screen: Screen): TemplateResult {
  const { language, run, view, acts } = screen;
  const step = endOf(run);
  const first = opening({
    ...screen,
    step,
    covered: isOpen(screen),
    tried: view.tried,
    toggle: toggle(screen),
    more: moreMenu(screen),
    watch: acts.watch,
    acts: {
      try: (tried) => acts.set({ tried: view.tried === tried ? undefined : tried }),
      go: acts.go,
      change: (handshake) => acts.choose(fittedChoice(screen.options, { handshake })),
      test: () => acts.open({ is: 'claim' }),
    },
  });
  return html`${step ? banner({ language, run, step, show: (place) => acts.open({ is: 'memory', place }), takeOut: acts.takeOut }) : nothing}
    ${first} ${step ? drawer(screen, step, true) : nothing}`;
}

/** The step in which the client reads the reply; of a failed connection, the last one. */
function endOf(run: Run): Step | undefined {
  return run.steps.find((step) => step.id === 'read') ?? run.steps.at(-1);
}

export const isOpen = ({ view }: Screen): boolean => view.drawer !== undefined;

/** The open drawer; `whole` where there is no transport to leave free. */
export function drawer(screen: Screen, step: Step, whole: boolean): TemplateResult | typeof nothing {
  const { language, run, view, width, theme, acts } = screen;
  const { words } = screen.parts;
  const narrow = width < SHORT_NAMES;
  const goTo = (event: CustomEvent<Place | undefined>) => acts.open({ is: 'memory', place: event.detail });
  switch (view.drawer?.is) {
    case 'bytes':
      if (!words.bytes) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-bytes .language=${language} .words=${words.bytes} .run=${run} .step=${step} .buffer=${view.drawer.buffer} .narrow=${narrow}
        @bytes-open=${(event: CustomEvent<BufferRef | undefined>) => acts.open({ is: 'bytes', buffer: event.detail })}
        @drawer-close=${acts.closeDrawer}></tls-glass-bytes>`;
    case 'keys':
      if (!words.keys) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-keys .language=${language} .words=${words.keys} .run=${run} .step=${step}
        @drawer-place=${goTo} @drawer-close=${acts.closeDrawer}></tls-glass-keys>`;
    case 'memory':
      if (!words.memory) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-memory ?whole=${whole} .language=${language} .words=${words.memory} .run=${run} .step=${step}
        .place=${view.drawer.place} .value=${view.drawer.value} .find=${acts.find} .narrow=${width < LANES} .theme=${theme} @drawer-place=${goTo}
        @drawer-plant=${acts.plant} @drawer-takeout=${acts.takeOut} @drawer-close=${acts.closeDrawer}></tls-glass-memory>`;
    case 'claim':
      if (!words.claim) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-claim ?whole=${whole} .language=${language} .words=${words.claim} .run=${run}
        @drawer-close=${acts.closeDrawer}></tls-glass-claim>`;
    case 'terms':
      if (!words.terms) return pending(screen, view.drawer.is, whole);
      return html`<tls-glass-terms ?whole=${whole} .language=${language} .words=${words.terms} .run=${run}
        @terms-go=${(event: CustomEvent<number>) => {
          acts.closeDrawer();
          acts.go(event.detail);
        }}
        @drawer-close=${acts.closeDrawer}></tls-glass-terms>`;
    default:
      return nothing;
  }
}

/** In a drawer's place until it is loaded. */
function pending({ language, parts, acts }: Screen, name: DrawerName, whole: boolean): TemplateResult {
  return html`<tls-glass-pending ?whole=${whole} .language=${language} .heading=${language.drawers.titles[name]}
    .failed=${parts.failed[name]} @drawer-retry=${() => acts.loadAgain(name)} @drawer-close=${acts.closeDrawer}></tls-glass-pending>`;
}

export function controls(screen: Frame): TemplateResult {
  return html`${toggle(screen)}${moreMenu(screen)}`;
}

function toggle({ language, options, acts }: Frame): TemplateResult {
  return handshakeToggle(language, options.handshake, (handshake: Handshake) =>
    acts.choose(fittedChoice(options, { handshake })),
  );
}

function moreMenu(screen: Frame): TemplateResult {
  const { language, parts, view, acts } = screen;
  return more({
    language,
    open: view.more,
    toggle: (open) => acts.set({ more: open }),
    menu: menu(screen),
    failed: parts.failed.menu,
    loadAgain: () => acts.loadAgain('menu'),
  });
}

function menu({ language, options, parts, acts }: Frame): TemplateResult | undefined {
  const words = parts.words.menu;
  if (!words) return undefined;
  return parts.code.menu?.({
    language,
    words,
    options,
    choose: (choice) => acts.choose(fittedChoice(options, choice)),
    named: acts.named(),
    newRun: acts.newRun,
    newKey: acts.newKey,
  });
}
