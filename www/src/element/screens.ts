/** The two screens, from the run, the step and what the reader did. Pure: everything that happens goes through `acts`. */

import { html, nothing, type TemplateResult } from 'lit';
import type { BufferRef, Handshake, Run, RunOptions, Step, ValueName } from '../run/model';
import type { OptionName } from './options';
import { around } from './parts/around';
import { bar, handshakeToggle } from './parts/bar';
import { sequence } from './parts/diagram';
import { lanes } from './parts/lanes';
import { more } from './parts/more';
import { opening } from './parts/opening';
import { panel } from './parts/panel';
import { question } from './parts/question';
import { type Speed, transport } from './parts/transport';

/** Below this width the element has no lanes. */
const NARROW = 560;
/** Below this width names are short. */
const SHORT = 860;

/** What the reader did, as far as it is not the run or the step. */
export interface View {
  /** The key whose trial on the opening record is shown. */
  readonly tried: ValueName | undefined;
  readonly more: boolean;
  /** The buffer in the drawer. */
  readonly bytes: BufferRef | undefined;
  /** The record selected in the diagram. */
  readonly record: number | undefined;
  readonly speed: Speed;
  /** Whether the step was entered forwards. */
  readonly moving: boolean;
}

export const FIRST_VIEW: View = {
  tried: undefined,
  more: false,
  bytes: undefined,
  record: undefined,
  speed: '1',
  moving: false,
};

export type Choice = Partial<Record<OptionName, string | undefined>>;

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
  readonly closeBytes: () => void;
}

export interface Screen {
  readonly run: Run;
  /** What is asked for; the run on display may still be the one before. */
  readonly options: RunOptions;
  readonly view: View;
  readonly width: number;
  readonly status: string;
  readonly playing: boolean;
  readonly acts: Acts;
}

export function openingScreen(screen: Screen): TemplateResult {
  const { run, view, width, status, acts } = screen;
  const ask = question({
    run,
    tried: view.tried,
    try: (tried) => acts.set({ tried: view.tried === tried ? undefined : tried }),
    watch: acts.watch,
    controls: controls(screen),
  });
  return opening({ run, narrow: width < NARROW, short: width < SHORT, question: ask, status });
}

export function stepScreen(screen: Screen, step: Step): TemplateResult {
  const { run, view, width, status, playing, acts } = screen;
  const narrow = width < NARROW;
  const short = width < SHORT;
  const top = lanes({ run, step, narrow, short });
  const picture = { run, step, moving: view.moving, select: acts.select };
  const texts = panel({
    run,
    step,
    record: view.record,
    openBytes: (bytes) => acts.set({ bytes }),
    leave: () => acts.go(-1),
    switchHandshake: () => acts.choose({ handshake: 'ecdhe', step: '1' }),
  });
  return html`${bar({ run, step, short, controls: controls(screen), status })}
    ${
      narrow
        ? html`<div class="stage single"><div class="narrow">${top}${around(picture)}</div>${texts}</div>`
        : html`<div class="stage"><div class="diagram">${top}${sequence(picture)}</div>${texts}</div>`
    }
    ${transport({
      run,
      step,
      narrow,
      playing,
      speed: view.speed,
      go: acts.go,
      toggle: acts.togglePlay,
      setSpeed: (speed) => acts.set({ speed }),
    })}
    ${view.bytes ? drawer(screen, view.bytes, short) : nothing}`;
}

function drawer({ run, acts }: Screen, buffer: BufferRef, narrow: boolean): TemplateResult {
  return html`<tls-glass-bytes .run=${run} .buffer=${buffer} .narrow=${narrow}
    @bytes-open=${(event: CustomEvent<BufferRef>) => acts.set({ bytes: event.detail })}
    @bytes-close=${acts.closeBytes}></tls-glass-bytes>`;
}

function controls({ options, view, acts }: Screen): TemplateResult {
  const toggle = handshakeToggle(options.handshake, (handshake: Handshake) =>
    // An RSA key exchange has no use for an ECDSA certificate.
    acts.choose(handshake === 'rsa' ? { handshake, certificate: undefined } : { handshake }),
  );
  return html`${toggle}
    ${more({
      options,
      open: view.more,
      seeded: options.seed !== undefined,
      toggle: (open) => acts.set({ more: open }),
      choose: acts.choose,
      newRun: acts.newRun,
      newKey: acts.newKey,
    })}`;
}
