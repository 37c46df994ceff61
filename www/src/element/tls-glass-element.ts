import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { needsFurther } from '../content/facts';
import type { Language } from '../content/language';
import { failureOf } from '../network/errors';
import { openLive } from '../network/live-source';
import type { Run, RunOptions, Step, StepRef } from '../run/model';
import { LOW } from '../style/breakpoints';
import { DisplayedRun, type DisplayState } from './displayed-run';
import { type Drawer, followed } from './drawer/drawers';
import { FocusKeeper } from './focus';
import { fault, problemNotes, silence, unloaded, waiting } from './frame/notices';
import { failureText, statusText } from './frame/status';
import type { FindBytes } from './memory/memory-drawer';
import { missingPart, neededParts } from './needed-parts';
import { moveOnce } from './opening/arrival';
import {
  type Choice,
  OPTION_NAMES,
  type OptionName,
  type Options,
  type Problem,
  parseOptions,
  type RawOptions,
} from './options/options';
import { firstIndex, idsOf, indexOf, type Position, placeIn, sameStep, stepAmong } from './options/position';
import { granted, lastNamed, type Wishes, wishesAfter } from './options/wishes';
import { Parts } from './parts';
import { nextTask } from './shared/next-task';
import { closePopovers } from './shared/popovers';
import { keyAction } from './shortcuts';
import { SpokenLanguage } from './spoken-language';
import { scrollPanelToTop, scrollToStep } from './stage/scroll';
import { STYLES } from './styles';
import { Player } from './transport/player';
import { stayAt } from './transport/stay';
import {
  type Acts,
  awaitedScreen,
  FIRST_VIEW,
  type Frame,
  type LoadedParts,
  openingScreen,
  type Screen,
  type View,
} from './views';

const isLow = (): boolean => matchMedia(`(max-height: ${LOW}px)`).matches;

/** A browser reads its rules for numbers and lists when they are first asked for. */
function warmUp({ number, list }: Language): void {
  list([number(0), number(1)]);
}

/** Whoever does this may go on to the steps, which are loaded then: who only looks at the opening needs none. */
const SIGNS_OF_USE = ['pointerover', 'focusin'] as const;

/** The attributes that make a run another one. */
const RUN_OPTIONS = OPTION_NAMES.filter((name) => name !== 'step' && name !== 'theme');

/**
 * `<tls-glass>`: a real TLS handshake, run here, to step through.
 *
 * Text inside the element is the fallback: it is what readers get where scripts do not run. The element fills the
 * window's height unless its `block-size` is set.
 *
 * Attributes, all optional. Instead of a value that is not allowed the default is used: the attribute goes, the event
 * `tls-glass-error` and a note on the page, which can be dismissed, say what was wrong and what is used.
 *
 * - `handshake`    `rsa` (default), `dhe`, `ecdhe` or `dh-anon`, in which nobody shows who they are
 * - `step`         where to start: `0` or `question` (default), a step's number, or its id such as `decrypt`; how the
 *                  server got its certificate is `certificate`, and has no number. Follows the reader
 * - `theme`        `light`, `dark` or `system` (default)
 * - `cipher`       `aes-128-gcm` (default, and the only one with `dh-anon`), `aes-256-gcm`, `chacha20-poly1305` (not with
 *                  `rsa`) or `aes-128-cbc` (with `rsa`, or `ecdhe` and an RSA certificate)
 * - `certificate`  `rsa` (default) or `ecdsa`, the latter with `ecdhe` only
 * - `clientcert`   `off` (default): the server does not ask for the client's certificate. Not with `dh-anon`: `none` and
 *                  `shown`: it asks, and the client has none or shows one; `missing` and `untrusted`: it requires one, and
 *                  the client has none or one of an authority that the server does not trust, so that the handshake fails
 * - `resumption`   `none` (default), `session-id` or `session-ticket`: whether the connection resumes an earlier one, and how.
 *                  Not without `ems`, nor where `clientcert` has the handshake fail
 * - `group`        `x25519` (default) or `secp256r1`; with `dhe` and `dh-anon` `ffdhe2048` (default) or `ffdhe3072`
 * - `ems`          `on` (default) or `off`: whether the client offers extended_master_secret
 * - `etm`          `on` (default) or `off`: whether it offers encrypt_then_mac, with `aes-128-cbc`
 * - `length`       `short` (default) or `long`: whether the reply takes more than one record
 * - `sends`        what the client sends, as text of at most 300 bytes; a login that is invented, by default
 * - `replies`      what the server replies, as text of at most 1,000 bytes; by default a balance that is invented
 * - `seed`         64 hexadecimal digits: all random numbers follow from them, and the page says so
 * - `lang`         which language it speaks, as for any element: the nearest one counts. English where there is no other
 * - `keys`         `page`: arrows, space, Home and End work wherever the focus is on the page; by default only where
 *                  it is inside the element
 *
 * @property run       the run on display, or undefined. Read-only
 * @property language  its words, and how it writes numbers: those of `lang`, until others are set
 *
 * @fires tls-glass-ready  the first run is on display
 * @fires tls-glass-run    a run is on display; `detail.run`
 * @fires tls-glass-step   another step is on display; `detail.id`, `detail.index` (-1 for the question), `detail.count`
 * @fires tls-glass-play   playing began or ended; `detail.playing`
 * @fires tls-glass-error  something keeps the handshake from running, or an attribute's value is not allowed;
 *                         `detail.message`
 *
 * Parts: `bar`, `strip`, `question`, `watch`, `lanes`, `diagram`, `panel`, `caption`, `transport`.
 *
 * Custom properties: the colours and fonts of `style/tokens.css`, such as `--paper`, `--ink`, `--sans`.
 */
export class TlsGlassElement extends LitElement {
  static override styles = STYLES;

  static override properties = {
    ...Object.fromEntries(OPTION_NAMES.map((name) => [name, { reflect: true }])),
    keys: {},
    lang: { reflect: true },
    _state: { state: true },
    _index: { state: true },
    _view: { state: true },
    _width: { state: true },
    _low: { state: true },
  };

  declare handshake: string | undefined;
  declare step: string | undefined;
  declare theme: string | undefined;
  declare cipher: string | undefined;
  declare certificate: string | undefined;
  declare clientcert: string | undefined;
  declare resumption: string | undefined;
  declare group: string | undefined;
  declare ems: string | undefined;
  declare etm: string | undefined;
  declare length: string | undefined;
  declare sends: string | undefined;
  declare replies: string | undefined;
  declare seed: string | undefined;
  declare keys: string | undefined;

  declare _state: DisplayState;
  /** Index of the step on display; -1 is the question. */
  declare _index: number;
  declare _view: View;
  declare _width: number;
  /** Whether the window is low: the style sheets ask the same. */
  declare _low: boolean;

  readonly #spoken = new SpokenLanguage(this, () => this.requestUpdate());
  /** What was asked for and is not allowed, until it is dismissed or asked for anew. */
  #problems: readonly Problem[] = [];
  #options: Options | undefined;
  #announced: Run | undefined;
  /** Whether a pointer or the focus has been in the element. */
  #isUsed = false;
  /** The step on display after the last update; none where it is still being loaded. */
  #shown: Step | undefined;
  /** What was chosen so far: what does not go with the rest is not forgotten. */
  #wishes: Wishes = {};
  /** The step at which the page plants the server's private key in the client. No option: no link leads there. */
  #plant: StepRef | undefined;
  /** Whether the reader has tried a key on the reply, or been at a step. */
  #begun = false;
  /** The step that was asked for together with options whose run is still to come. */
  #awaited: Position | undefined;
  /** The `step` attribute as the element set it: what differs from it was asked for. */
  #ownStep: string | undefined;
  readonly #runs = new DisplayedRun(openLive, (state) => this.#onDisplay(state));
  readonly #focus = new FocusKeeper(this);
  readonly #parts = new Parts(() => {
    // Whatever stands in a drawer's place has the focus, and goes.
    this.requestUpdate();
    this.#keepFocus(this._index);
  });
  readonly #player = new Player({
    stay: () => this.#stay(),
    // What comes after the answer is for those who go on.
    rests: () => this.run?.steps[this._index]?.id === 'read',
    advance: () => this.#go(this._index + 1, true),
    playingChanged: (playing) => {
      this.requestUpdate();
      this.#emit('tls-glass-play', { playing });
    },
  });
  readonly #resize = new ResizeObserver(([entry]) => {
    this._width = entry?.contentRect.width ?? 0;
    this._low = isLow();
    // Another size has other places.
    this.updateComplete.then(() => scrollToStep(this.renderRoot, false));
  });

  readonly #acts: Acts = {
    set: (view) => {
      if (view.more) this.#player.pause();
      this.#set(view);
    },
    go: (index) => this.#goByHand(index),
    select: (step, record) => this.#select(step, record),
    choose: (choice) => this.#choose(choice),
    named: () => lastNamed(this.#wishes, this.#options?.run.handshake),
    newRun: () => this.#anew((options) => this.#runs.again(options)),
    newKey: () => this.#anew((options) => this.#runs.newServerKey(options)),
    watch: () => this.#watch(),
    togglePlay: () => this.#togglePlay(),
    pause: () => this.#player.pause(),
    open: (drawer) => this.#open(drawer),
    closeDrawer: () => this.#closeDrawer(),
    plant: () => this.#plantAt(this.run?.steps[this._index]),
    takeOut: () => this.#plantAt(undefined),
    find: (images, needle) => this.#find(images, needle),
    loadAgain: (name) => this.#parts.again(this.language, name),
  };

  constructor() {
    super();
    this._state = { is: 'waiting', for: 'loading' };
    this._index = -1;
    this._view = FIRST_VIEW;
    this._width = 1280;
    this._low = false;
  }

  get run(): Run | undefined {
    return this.#runs.current;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Before the first picture the observer tells how wide the element is. To ask for it would have the browser lay out the page.
    this._width = innerWidth || this._width;
    this._low = isLow();
    this.#spoken.ask();
    this.#resize.observe(this);
    document.addEventListener('keydown', this.#onKey);
    for (const sign of SIGNS_OF_USE) this.addEventListener(sign, this.#onUse);
    this.#runs.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    document.removeEventListener('keydown', this.#onKey);
    this.#player.pause();
    this.#runs.close();
  }

  get language(): Language {
    return this.#spoken.in((language) => this.#parts.in(language).words);
  }

  set language(language: Language | undefined) {
    this.#spoken.given = language;
  }

  /** The page's scripts are read in one task; the first picture is made in the next, and what a later one needs in one after. */
  protected override async scheduleUpdate(): Promise<void> {
    const isFirst = !this.hasUpdated;
    if (isFirst) await nextTask();
    super.scheduleUpdate();
    if (isFirst) requestAnimationFrame(() => nextTask().then(() => warmUp(this.language)));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('lang') && this.hasUpdated) this.#spoken.ask();
    this.#readOptions(changed);
    if (this._view.tried !== undefined || (this.run && this._index >= 0)) this.#begun = true;
    const asked = { view: this._view, index: this._index, options: this.#options, isUsed: this.#isUsed, run: this.run };
    for (const name of neededParts(asked)) this.#parts.need(this.language, name);
  }

  #readOptions(changed: PropertyValues): void {
    const asked = OPTION_NAMES.filter((name) => changed.has(name));
    if (asked.length === 0 && this.hasUpdated) return;
    // Where the reader is, is not asked for: with other options there may be no such step.
    const step = this.step === this.#ownStep ? undefined : this.step;
    const { options: parsed, problems } = parseOptions({ ...this.#raw(), step });
    this.#options = parsed;
    this.#say(asked, problems);
    const { run: options, position } = parsed;
    // The key was planted in one run; another one is another matter.
    if (RUN_OPTIONS.some((name) => changed.has(name))) this.#plant = undefined;
    this.#runs.show(this.#wanted(options));
    if (this.run && changed.has('step') && this.step !== this.#ownStep) this.#arrive(position);
  }

  /** Of options that were set just now: what is not allowed is said, and goes. */
  #say(asked: readonly OptionName[], problems: readonly Problem[]): void {
    const isAnew = (name: OptionName) => asked.includes(name) && (name !== 'step' || this.step !== this.#ownStep);
    this.#problems = [...this.#problems.filter(({ name }) => !isAnew(name)), ...problems];
    if (problems.length === 0) return;
    // Else what does not go with a choice now would come into force with a later one.
    for (const { name } of problems) this[name] = undefined;
    this.#emit('tls-glass-error', { message: problems.map(({ message }) => message(this.language)).join(' ') });
  }

  #dismiss(): void {
    this.#problems = [];
    this.requestUpdate();
    this.#keepFocus(this._index);
  }

  /** The step was set from outside, or follows from a choice. */
  #arrive(position: Position): void {
    const { run } = this;
    if (!run || !this.#options) return;
    if (!this.#runs.shows(this.#wanted(this.#options.run))) {
      this.#awaited = position;
      return;
    }
    const index = indexOf(run, position);
    if (index !== this._index) this.#stand(run, index, false);
  }

  #wanted(options: RunOptions): RunOptions {
    return this.#plant ? { ...options, interventions: [{ is: 'plant', at: this.#plant }] } : options;
  }

  protected override updated(changed: PropertyValues): void {
    const { run } = this;
    const missing = run && missingPart(this.#loaded, run, this._index);
    const isShown = run && (!missing || missing.failed !== undefined);
    if (isShown && run !== this.#announced) this.#announce(run);
    // What shows a step may have been loaded after the reader went there.
    const shown = isShown ? run.steps[this._index] : undefined;
    if (changed.has('_state')) requestAnimationFrame(() => scrollToStep(this.renderRoot, this._view.moving));
    else if (shown !== this.#shown) {
      const scrolling = scrollToStep(this.renderRoot, this._view.moving);
      if (run && shown) this.#move(run, shown, scrolling);
    }
    if (shown !== this.#shown) {
      scrollPanelToTop(this.renderRoot);
      closePopovers(this.renderRoot);
    }
    this.#shown = shown;
    moveOnce(this.renderRoot);
    const before = changed.get('_view') as View | undefined;
    if (before && this._view.drawer && this._view.drawer.is !== before.drawer?.is) this.#focus.intoDrawer();
    // An answer may have opened beneath the fold, or one above it may have closed.
    if (before && this._view.tried !== before.tried) {
      this.renderRoot.querySelector('.verdict > p')?.scrollIntoView({ block: 'nearest' });
    }
  }

  /** Keys move where the reader went on to the next step. */
  #move(run: Run, step: Step, scrolling: number): void {
    const { moving, speed } = this._view;
    const root = this.renderRoot as ShadowRoot;
    this.#parts.in(this.language).code.keysMove?.({ root, scrolling, moving, pace: Number(speed) }, run, step);
  }

  protected override render(): TemplateResult {
    const notes = this.#spoken.isThere ? problemNotes(this.language, this.#problems, () => this.#dismiss()) : nothing;
    return html`<div class="whole">${notes}<div class="root">${this.#screen()}</div></div>`;
  }

  #screen(): TemplateResult | undefined {
    const { run } = this;
    const language = this.language;
    const options = this.#options?.run ?? run?.options;
    if (!this.#spoken.isThere || !options) return silence();
    if (this._state.is === 'failed' && !run) return fault(language, this.#status, () => this.#runs.open());
    const parts = this.#parts.in(language);
    const frame: Frame = {
      language,
      parts,
      options,
      view: this._view,
      width: this._width,
      low: this._low,
      begun: this.#begun,
      status: this.#status,
      acts: this.#acts,
    };
    if (!run) return this.#beforeRun(frame);
    const missing = missingPart(this.#loaded, run, this._index);
    if (missing?.failed !== undefined) {
      const again = () => this.#parts.again(language, missing.name);
      return unloaded(language, missing.failed, again);
    }
    // Whoever goes on from the opening screen has it until the steps are there.
    const stays = missing?.name === 'steps' && this.renderRoot.querySelector('.opening') !== null;
    if (missing && !stays) return this.#beforeRun(frame);
    const screen: Screen = {
      ...frame,
      run,
      status: stays ? language.ui.parts.loading : this.#status,
      playing: this.#player.playing,
      theme: this.theme,
    };
    const step = stays ? undefined : run.steps[this._index];
    return step ? parts.code.stepScreen?.(screen, step) : openingScreen(screen);
  }

  /** What can be said before there is a run; where the words for its steps are still being loaded, that it is on its way. */
  #beforeRun(frame: Frame): TemplateResult {
    const { language, options } = frame;
    const position = this.#options?.position ?? 'question';
    const isTold = (position === 'question' || language.ofSteps) && (!needsFurther(options) || language.further);
    return isTold ? awaitedScreen(frame, position) : waiting(language, language.ui.status.waiting);
  }

  get #loaded(): LoadedParts {
    return this.#parts.in(this.language);
  }

  get #status(): string {
    return statusText(this.language, this._state);
  }

  #raw(): RawOptions {
    return Object.fromEntries(
      OPTION_NAMES.flatMap((name) => (this[name] === undefined || this[name] === null ? [] : [[name, this[name]]])),
    );
  }

  #choose(choice: Choice): void {
    this.#player.pause();
    // Another handshake, or another certificate, may have fewer steps, or not this one.
    const here = this.run?.steps[this._index];
    const raw = this.#raw();
    const run = this.#options?.run;
    if (!run) return;
    this.#wishes = wishesAfter(this.#wishes, raw, run, choice);
    const chosen = { ...choice, ...granted(this.#wishes, run) };
    const { options, problems } = parseOptions({ ...raw, ...chosen });
    // Before there is a run, the step that was asked for may be none of the other handshake's.
    const asked = problems.some(({ name }) => name === 'step') ? undefined : this.step;
    Object.assign(this, { step: here ? stepAmong(idsOf(options.run), here) : asked }, chosen);
  }

  #set(view: Partial<View>): void {
    this._view = { ...this._view, ...view };
    if ('speed' in view) this.#player.restart();
  }

  #onDisplay(state: DisplayState): void {
    const before = this.#announced?.steps[this._index];
    this._state = state;
    if (state.is !== 'ready' || !this.run || this.run === this.#announced) {
      if (state.is === 'failed') this.#emit('tls-glass-error', { message: failureText(this.language, state.failure) });
      return;
    }
    const { run } = this;
    const asked = this.#announced ? this.#awaited : (this.#options?.position ?? 'question');
    this.#awaited = undefined;
    const index = asked === undefined ? sameStep(run, before) : indexOf(run, asked);
    const drawer = followed(this._view.drawer, run, run.steps[index]);
    this.#set({ drawer, record: undefined, moving: false });
    this._index = index;
    this.#keepFocus(index);
  }

  /** Without what was planted: a new run is a new beginning. */
  #anew(make: (options: RunOptions) => void): void {
    if (!this.#options) return;
    this.#plant = undefined;
    make(this.#options.run);
  }

  #plantAt(step: StepRef | undefined): void {
    this.#player.pause();
    this.#plant = step && { id: step.id, occurrence: step.occurrence };
    if (this.#options) this.#runs.show(this.#wanted(this.#options.run));
  }

  #announce(run: Run): void {
    const first = !this.#announced;
    this.#announced = run;
    this.#showStep(run);
    this.#emit('tls-glass-run', { run });
    if (first) this.#emit('tls-glass-ready', { run });
  }

  #showStep(run: Run): void {
    this.#ownStep = placeIn(run, run.steps[this._index]);
    this.step = this.#ownStep;
  }

  #go(index: number, forward = index === this._index + 1): void {
    const { run } = this;
    if (!run || index < -1 || index >= run.steps.length) return;
    this.#stand(run, index, forward);
  }

  /** The reader went there, and wants to stay. */
  #goByHand(index: number): void {
    this.#player.pause();
    // From the question the way leads to the first step, past what comes before it.
    const forward = this._index < 0 || index === this._index + 1;
    this.#go(index, forward);
  }

  /** Another step is on display, and all that goes with it. */
  #stand(run: Run, index: number, forward: boolean): void {
    const step = run.steps[index];
    // An open drawer follows the steps.
    this.#set({ moving: forward, record: undefined, more: false, drawer: followed(this._view.drawer, run, step) });
    this._index = index;
    this.#awaited = undefined;
    this.#showStep(run);
    this.#keepFocus(index);
    if (index < 0) this.#player.pause();
    else this.#player.restart();
    this.updateComplete.then(() =>
      this.#emit('tls-glass-step', { id: step?.id ?? 'question', index, count: run.steps.length }),
    );
  }

  /** The opening view and the steps share no controls. */
  #keepFocus(index: number): void {
    this.#focus.keep(() => this._view.drawer !== undefined, index < 0 ? '.opening' : '.panel');
  }

  #select(step: Step, record: number | undefined): void {
    this.#player.pause();
    if (step.index !== this._index) this.#go(step.index);
    this.#set({ record });
  }

  /** It plays once the step is there: how long a step stays follows from its words. */
  async #watch(): Promise<void> {
    this.#begin();
    const index = this._index;
    await this.#parts.need(this.language, 'steps');
    await this.updateComplete;
    if (!this.run || this._index !== index || missingPart(this.#loaded, this.run, index)) return;
    this.#player.play();
    await this.updateComplete;
    this.#focus.on('#play');
  }

  /** With the client's offer; what comes before it is for who wants to see it. */
  #begin(): void {
    if (this.run) this.#go(firstIndex(this.run), true);
  }

  #togglePlay(): void {
    if (this.#player.playing) this.#player.pause();
    else if (this._index < 0) this.#watch();
    else {
      if (this.run && this._index >= this.run.steps.length - 1) this.#begin();
      this.#player.play();
    }
  }

  #open(drawer: Drawer): void {
    this.#player.pause();
    // From one drawer to the other, what opened the first one stays the way back.
    if (!this._view.drawer) this.#focus.remember();
    this.#parts.again(this.language, drawer.is);
    this.#set({ drawer });
  }

  /** What keeps it from being found is said in the page's words. */
  async #find(...asked: Parameters<FindBytes>): ReturnType<FindBytes> {
    try {
      return await this.#runs.find(...asked);
    } catch (error) {
      throw new Error(failureText(this.language, failureOf(error)));
    }
  }

  #closeDrawer(): void {
    const name = this._view.drawer?.is;
    this.#set({ drawer: undefined });
    this.#focus.back(`[data-drawer=${name}]`);
  }

  #stay(): number | undefined {
    const { run } = this;
    const step = run?.steps[this._index];
    return run && step && stayAt(this.language, run, step, Number(this._view.speed));
  }

  #onUse = (): void => {
    for (const sign of SIGNS_OF_USE) this.removeEventListener(sign, this.#onUse);
    this.#isUsed = true;
    this.requestUpdate();
  };

  #onKey = (event: KeyboardEvent): void => {
    if (this.keys !== 'page' && !event.composedPath().includes(this)) return;
    const action = keyAction(event);
    if (!action || !this.run) return;
    const first = firstIndex(this.run);
    const last = this.run.steps.length - 1;
    const forward = this._index < 0 ? first : this._index + 1;
    const { activeElement } = this.shadowRoot ?? {};
    if (action === 'terms' && this._index < 0) return;
    if (action === 'terms') this.#open({ is: 'terms' });
    else if (action === 'play') this.#togglePlay();
    else this.#goByHand({ back: this._index - 1, forward, first, last }[action]);
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
