import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Player, readingTime } from './player';

describe('readingTime', () => {
  it('grows with the words and shrinks with the speed', () => {
    expect(readingTime(20, 1)).toBeGreaterThan(readingTime(10, 1));
    expect(readingTime(20, 2)).toBe(readingTime(20, 1) / 2);
  });
});

describe('a player', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('advances when the time has passed, and stops where there is nothing more', () => {
    const heard: boolean[] = [];
    let step = 0;
    const player: Player = new Player({
      stay: () => (step < 2 ? 100 : undefined),
      advance: () => {
        step++;
        player.restart();
      },
      rests: () => false,
      playingChanged: (playing) => heard.push(playing),
    });
    player.play();
    vi.advanceTimersByTime(99);
    expect(step).toBe(0);
    vi.advanceTimersByTime(500);
    expect(step).toBe(2);
    expect(heard).toEqual([true, false]);
  });

  it('does nothing more once it pauses', () => {
    const advance = vi.fn();
    const player = new Player({ stay: () => 100, rests: () => false, advance, playingChanged: () => {} });
    player.play();
    player.pause();
    vi.advanceTimersByTime(1000);
    expect(advance).not.toHaveBeenCalled();
  });

  it('rests where it is told to, and goes on from there when asked to play again', () => {
    let step = 0;
    const player: Player = new Player({
      stay: () => 100,
      rests: () => step === 2,
      advance: () => {
        step++;
        player.restart();
      },
      playingChanged: () => {},
    });
    player.play();
    vi.advanceTimersByTime(1000);
    expect([step, player.playing]).toEqual([2, false]);
    player.play();
    // The speed changed: it still began here.
    player.restart();
    vi.advanceTimersByTime(100);
    expect([step, player.playing]).toEqual([3, true]);
  });
});
