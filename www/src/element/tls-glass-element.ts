import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { words } from '../content';
import { facts, stepWords } from '../content/facts';
import { fill, wordCount } from '../content/words';
import { diagramRows } from '../run/diagram';
import type { BufferRef, Handshake, Run, RunOptions, Step, ValueName } from '../run/model';
import base from '../style/base.css?inline';
import diagramStyle from '../style/diagram.css?inline';
import frame from '../style/frame.css?inline';
import panelStyle from '../style/panel.css?inline';
import questionStyle from '../style/question.css?inline';
import tokens from '../style/tokens.css?inline';
import { keyAction } from './keys';
import { entryOf } from './layers';
import { OPTION_NAMES, type OptionName, type Options, type Problem, parseOptions, type RawOptions } from './options';
import { around } from './parts/around';
import { bar, handshakeToggle } from './parts/bar';
import { sequence } from './parts/diagram';
import { lanes } from './parts/lanes';
import { more } from './parts/more';
import { fault, problemList, waiting } from './parts/notices';
import { opening } from './parts/opening';
import { panel } from './parts/panel';
import { question } from './parts/question';
import { type Speed, transport } from './parts/transport';
import { Player, readingTime } from './player';
import { Runs, type RunsState } from './runs';
import { TRAVEL } from './timing';

/** Below this width the element has no lanes. */
const NARROW = 560;
/** Below this width names are short. */
const SHORT = 860;

/**
 * `<tls-glass>`: a real TLS handshake, run here, to step through.
 *
 * Text inside the element is the fallback: it is what readers get where scripts do not run. The element fills the
 * window's height unless its `block-size` is set.
 *
 * Attributes, all optional. A value that is not allowed is shown as a message that names it.
 *
 * - `handshake`    `rsa` (default) or `ecdhe`
 * - `step`         where to start: `0` or `question` (default), a step's number, or its id such as `decrypt`.
 *                  Follows the reader
 * - `theme`        `light`, `dark` or `system` (default)
 * - `cipher`       `aes-128-gcm` (default) or `aes-256-gcm`
 * - `certificate`  `rsa` (default) or `ecdsa`, the latter with `ecdhe` only
 * - `group`        `x25519` (default) or `secp256r1`
 * - `seed`         64 hexadecimal digits: all random numbers follow from them, and the page says so
 * - `keys`         `page`: arrows, space, Home and End work wherever the focus is on the page; by default only where
 *                  it is inside the element
 *
 * @property run   the run on display, or undefined. Read-only
 *
 * @fires tls-glass-ready  the first run is on display
 * @fires tls-glass-run    a run is on display; `detail.run`
 * @fires tls-glass-step   another step is on display; `detail.id`, `detail.index` (-1 for the question), `detail.count`
 * @fires tls-glass-play   playing began or ended; `detail.playing`
 * @fires tls-glass-error  something keeps the handshake from running; `detail.message`
 *
 * Parts: `bar`, `strip`, `question`, `watch`, `lanes`, `diagram`, `panel`, `caption`, `transport`.
 *
 * Custom properties: the colours and fonts of `style/tokens.css`, such as `--paper`, `--ink`, `--sans`.
 */
export class TlsGlassElement extends LitElement {
  static override styles = [tokens, base, frame, questionStyle, diagramStyle, panelStyle].map((css) => unsafeCSS(css));

  static override properties = {
    handshake: { reflect: true },
    step: { reflect: true },
    theme: { reflect: true },
    cipher: { reflect: true },
    certificate: { reflect: true },
    group: { reflect: true },
    seed: { reflect: true },
    keys: {},
    _state: { state: true },
    _index: { state: true },
    _view: { state: true },
    _width: { state: true },
  };

  declare handshake: string | undefined;
  declare step: string | undefined;
  declare theme: string | undefined;
  declare cipher: string | undefined;
  declare certificate: string | undefined;
  declare group: string | undefined;
  declare seed: string | undefined;
  declare keys: string | undefined;

  declare _state: RunsState;
  /** Index of the step on display; -1 is the question. */
  declare _index: number;
  declare _view: View;
  declare _width: number;

  #problems: readonly Problem[] = [];
  #options: Options | undefined;
  #announced: Run | undefined;
  readonly #runs = new Runs((state) => this.#onRuns(state));
  readonly #player = new Player({
    stay: () => this.#stay(),
    advance: () => this.#go(this._index + 1, true),
    playingChanged: (playing) => {
      this.requestUpdate();
      this.#emit('tls-glass-play', { playing });
    },
  });
  readonly #resize = new ResizeObserver(([entry]) => {
    this._width = entry?.contentRect.width ?? 0;
  });

  constructor() {
    super();
    this._state = { is: 'waiting', text: words.ui.status.loading };
    this._index = -1;
    this._view = { tried: undefined, more: false, bytes: undefined, record: undefined, speed: '1', moving: false };
    this._width = 1280;
  }

  get run(): Run | undefined {
    return this.#runs.current;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    document.addEventListener('keydown', this.#onKey);
    this.#runs.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    document.removeEventListener('keydown', this.#onKey);
    this.#player.pause();
    this.#runs.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const asked = OPTION_NAMES.some((name) => changed.has(name));
    if (!asked && this.hasUpdated) return;
    const parsed = parseOptions(this.#raw());
    this.#problems = 'problems' in parsed ? parsed.problems : [];
    this.#options = 'options' in parsed ? parsed.options : undefined;
    if (!this.#options) {
      this.#emit('tls-glass-error', { message: this.#problems.map((problem) => problem.message).join(' ') });
      return;
    }
    this.#runs.show(this.#options.run);
    if (this.run && changed.has('step')) this._index = this.#indexOf(this.run);
  }

  protected override updated(changed: PropertyValues): void {
    const { run } = this;
    if (run && run !== this.#announced) this.#announce(run);
    if (changed.has('_index') || changed.has('_state')) this.#scrollToStep();
    if (changed.has('_view') && this._view.bytes && !(changed.get('_view') as View | undefined)?.bytes) {
      this.renderRoot.querySelector<HTMLElement>('tls-glass-bytes')?.focus();
    }
  }

  protected override render(): TemplateResult {
    const { run } = this;
    if (this.#problems.length > 0) return html`<div class="root">${problemList(this.#problems)}</div>`;
    if (this._state.is === 'failed' && !run) {
      return html`<div class="root">${fault(this._state.text, () => this.#runs.open())}</div>`;
    }
    if (!run) return html`<div class="root">${waiting(this.#status)}</div>`;
    const step = run.steps[this._index];
    return html`<div class="root">${step ? this.#stage(run, step) : this.#opening(run)}</div>`;
  }

  #opening(run: Run): TemplateResult {
    const view = question({
      run,
      tried: this._view.tried,
      try: (tried) => this.#set({ tried: this._view.tried === tried ? undefined : tried }),
      watch: this.#watch,
      controls: html`${this.#toggle()} ${this.#more()}`,
    });
    return opening({ run, narrow: this.#narrow, short: this.#short, question: view, status: this.#status });
  }

  #stage(run: Run, step: Step): TemplateResult {
    const { _view: view, _width: width } = this;
    const narrow = this.#narrow;
    const select = (to: Step, record: number | undefined) => this.#select(to, record);
    const top = lanes({ run, step, narrow, short: this.#short });
    const texts = panel({
      run,
      step,
      record: view.record,
      openBytes: (bytes) => this.#set({ bytes }),
      leave: () => this.#go(-1),
      switchHandshake: () => this.#choose({ handshake: 'ecdhe', step: '0' }),
    });
    return html`${bar({ run, step, short: width < SHORT, controls: html`${this.#toggle()} ${this.#more()}`, status: this.#status })}
      ${
        narrow
          ? html`<div class="stage single"><div class="narrow">${top}${around({ run, step, moving: view.moving, select })}</div>
              ${texts}</div>`
          : html`<div class="stage"><div class="diagram">${top}${sequence({ run, step, moving: view.moving, select })}</div>
              ${texts}</div>`
      }
      ${transport({
        run,
        step,
        narrow,
        playing: this.#player.playing,
        speed: view.speed,
        go: (index) => this.#go(index),
        toggle: this.#togglePlay,
        setSpeed: (speed) => this.#set({ speed }),
      })}
      ${
        view.bytes
          ? html`<tls-glass-bytes .run=${run} .buffer=${view.bytes} .narrow=${width < SHORT}
              @bytes-open=${(event: CustomEvent<BufferRef>) => this.#set({ bytes: event.detail })}
              @bytes-close=${this.#closeBytes}></tls-glass-bytes>`
          : nothing
      }`;
  }

  #toggle(): TemplateResult {
    const handshake = this.#options?.run.handshake ?? 'rsa';
    return handshakeToggle(handshake, (chosen: Handshake) =>
      // An RSA key exchange has no use for an ECDSA certificate.
      this.#choose(chosen === 'rsa' ? { handshake: chosen, certificate: undefined } : { handshake: chosen }),
    );
  }

  #more(): TemplateResult {
    const options = this.#options?.run;
    if (!options) return html``;
    return more({
      options,
      open: this._view.more,
      seeded: options.seed !== undefined,
      toggle: (open) => this.#set({ more: open }),
      choose: (choice) => this.#choose(choice),
      newRun: () => this.#runs.again(options),
      newKey: () => this.#runs.newServerKey(options),
    });
  }

  get #narrow(): boolean {
    return this._width < NARROW;
  }

  get #short(): boolean {
    return this._width < SHORT;
  }

  get #status(): string {
    return this._state.is === 'ready' ? '' : this._state.text;
  }

  #raw(): RawOptions {
    return Object.fromEntries(
      OPTION_NAMES.flatMap((name) => (this[name] === undefined || this[name] === null ? [] : [[name, this[name]]])),
    );
  }

  #choose(choice: Partial<Record<OptionName, string | undefined>>): void {
    this.#player.pause();
    Object.assign(this, choice);
  }

  #set(view: Partial<View>): void {
    this._view = { ...this._view, ...view };
    if ('speed' in view) this.#player.restart();
  }

  #onRuns(state: RunsState): void {
    const before = this.#announced?.steps[this._index];
    this._state = state;
    if (state.is !== 'ready' || !this.run || this.run === this.#announced) {
      if (state.is === 'failed') this.#emit('tls-glass-error', { message: state.text });
      return;
    }
    this.#set({ bytes: undefined, record: undefined, moving: false, tried: undefined });
    this._index = this.#announced ? sameStep(this.run, before) : this.#indexOf(this.run);
  }

  #announce(run: Run): void {
    const first = !this.#announced;
    this.#announced = run;
    this.step = this.#stepAttribute(run);
    this.#emit('tls-glass-run', { run });
    if (first) this.#emit('tls-glass-ready', { run });
  }

  #indexOf(run: Run): number {
    const position = this.#options?.position ?? 'question';
    if (position === 'question') return -1;
    const index = typeof position === 'number' ? position - 1 : run.steps.findIndex((step) => step.id === position);
    return Math.min(index, run.steps.length - 1);
  }

  #stepAttribute(run: Run): string {
    return String(Math.min(this._index, run.steps.length - 1) + 1);
  }

  #go(index: number, forward = index === this._index + 1): void {
    const { run } = this;
    if (!run || index < -1 || index >= run.steps.length) return;
    const step = run.steps[index];
    const first = step?.records[0];
    const record = first === undefined ? undefined : run.records[first];
    // An open drawer follows the steps, as far as they have bytes of their own.
    const bytes = this._view.bytes && record ? entryOf(record) : undefined;
    this.#set({ moving: forward, record: undefined, more: false, bytes });
    this._index = index;
    this.step = this.#stepAttribute(run);
    if (index < 0) this.#player.pause();
    else this.#player.restart();
    this.updateComplete.then(() =>
      this.#emit('tls-glass-step', { id: step?.id ?? 'question', index, count: run.steps.length }),
    );
  }

  #select(step: Step, record: number | undefined): void {
    this.#player.pause();
    if (step.index !== this._index) this.#go(step.index);
    this.#set({ record });
  }

  #watch = (): void => {
    this.#go(0, true);
    this.#player.play();
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#play')?.focus());
  };

  #togglePlay = (): void => {
    if (this.#player.playing) this.#player.pause();
    else if (this._index < 0) this.#watch();
    else {
      if (this.run && this._index >= this.run.steps.length - 1) this.#go(0, true);
      this.#player.play();
    }
  };

  #closeBytes = (): void => {
    this.#set({ bytes: undefined });
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.message .button')?.focus());
  };

  #stay(): number | undefined {
    const { run } = this;
    const step = run?.steps[this._index];
    if (!run || !step || step.index >= run.steps.length - 1) return undefined;
    const { title, caption } = stepWords(run, step.id);
    const arrows = diagramRows(run, step).filter((row) => row.kind === 'arrow').length;
    return readingTime(wordCount(`${title} ${fill(caption, facts(run))}`), Number(this._view.speed)) + arrows * TRAVEL;
  }

  #scrollToStep(): void {
    const box = this.renderRoot.querySelector<HTMLElement>('.diagram');
    const step = box?.querySelector<HTMLElement>('.step.now');
    const sticky = box?.querySelector<HTMLElement>('.lanes');
    if (!box || !step || !sticky) return;
    const covered = sticky.offsetHeight;
    const at = step.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    const spare = Math.max(0, box.clientHeight - covered - step.offsetHeight);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches || this._view.moving === false;
    box.scrollTo({ top: at - covered - spare / 2, behavior: still ? 'instant' : 'smooth' });
  }

  #onKey = (event: KeyboardEvent): void => {
    if (this.keys !== 'page' && !event.composedPath().includes(this)) return;
    const action = keyAction(event);
    if (!action || !this.run) return;
    const last = this.run.steps.length - 1;
    const { activeElement } = this.shadowRoot ?? {};
    if (action === 'play') this.#togglePlay();
    else this.#go({ back: this._index - 1, forward: this._index + 1, first: 0, last }[action]);
    event.preventDefault();
    // The focus stays on the stop of the present step.
    if (activeElement?.matches('.stop')) {
      this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.stop[aria-current]')?.focus());
    }
  };

  #emit(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** What the reader did, as far as it is not the run. */
interface View {
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

/** The step of the same id in another run; where it has none, the step before it that both have. */
function sameStep(run: Run, step: Step | undefined): number {
  if (!step) return -1;
  const index = run.steps.findIndex((candidate) => candidate.id === step.id);
  return index >= 0 ? index : Math.min(step.index, run.steps.length - 1);
}

export type { RunOptions };
