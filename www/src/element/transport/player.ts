/** Plays: after each step waits as long as its texts take to read, then asks for the next. */

/** Reading takes about 200 words a minute, and a moment to find the place. */
const PER_WORD = 300;
const AT_LEAST = 1500;

/** How long a step stays, in milliseconds. */
export function readingTime(wordCount: number, speed: number): number {
  return (AT_LEAST + wordCount * PER_WORD) / speed;
}

export interface PlayerHost {
  /** How long the present step stays; `undefined` if there is no next one. */
  stay(): number | undefined;
  /** Whether playing that has led to the present step ends here; who presses play again goes on. */
  rests(): boolean;
  advance(): void;
  playingChanged(playing: boolean): void;
}

export class Player {
  readonly #host: PlayerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #playing = false;
  /** Whether playing has led to the present step; else it began here. */
  #arrived = false;

  constructor(host: PlayerHost) {
    this.#host = host;
  }

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    this.#arrived = false;
    this.#set(true);
    this.restart();
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.#set(false);
  }

  /** Counts from now again: the step has changed, or the speed. */
  restart(): void {
    clearTimeout(this.#timer);
    if (!this.#playing) return;
    const stay = this.#arrived && this.#host.rests() ? undefined : this.#host.stay();
    if (stay === undefined) {
      this.pause();
      return;
    }
    this.#timer = setTimeout(() => this.#advance(), stay);
  }

  #advance(): void {
    this.#arrived = true;
    this.#host.advance();
  }

  #set(playing: boolean): void {
    if (this.#playing === playing) return;
    this.#playing = playing;
    this.#host.playingChanged(playing);
  }
}
