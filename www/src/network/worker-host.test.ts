/** The host of a party, over a binding that only pretends: what becomes of errors, and of the stack. */

import { describe, expect, it } from 'vitest';
import { PAGE_SIZE } from '../run/memory';
import { ClientHost } from './party-hosts';
import { CRASHED, type Glue, REFUSED } from './worker-host';

function pretending(advance: () => never): { readonly host: ClientHost; readonly memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const pointer = new WebAssembly.Global({ value: 'i32', mutable: true }, 0x10000);
  const glue = {
    initSync: () => ({ memory, __stack_pointer: pointer, heapBase: () => 0x10400 }),
    Client: class {
      advance(): never {
        return advance();
      }
      free(): void {}
    },
  };
  const host = new ClientHost(glue as unknown as Glue);
  host.load({} as WebAssembly.Module);
  host.create({});
  return { host, memory };
}

/** A party whose calls do to its memory what the test says. */
function writing(write: (memory: Uint8Array) => void): {
  readonly host: ClientHost;
  readonly memory: WebAssembly.Memory;
} {
  let memory: WebAssembly.Memory | undefined;
  const made = pretending(() => {
    if (memory) write(new Uint8Array(memory.buffer));
    throw new Error('refused');
  });
  memory = made.memory;
  return made;
}

function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('no error was thrown');
}

describe('a party that fails', () => {
  it('is a crash where the core panics', () => {
    const { host } = pretending(() => {
      const panic = new Error('panicked at src/party/client.rs');
      panic.name = 'Panic';
      throw panic;
    });
    expect(errorOf(() => host.advance())).toMatchObject({ name: CRASHED, message: 'panicked at src/party/client.rs' });
  });

  it('stays a crash after a panic, whatever is called next', () => {
    const { host } = pretending(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    errorOf(() => host.advance());
    expect(errorOf(() => host.create({})).name).toBe(CRASHED);
  });

  it('is a crash where the module traps', () => {
    const { host } = pretending(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    expect(errorOf(() => host.advance())).toMatchObject({ name: CRASHED, message: 'unreachable' });
  });

  it('is a refusal where an option is bad', () => {
    const { host } = pretending(() => {
      throw new Error('ClientOptions: there is no `x`');
    });
    expect(errorOf(() => host.advance()).name).toBe(REFUSED);
  });

  it('leaves no stack behind, and the rest as it is', () => {
    const { host, memory } = pretending(() => {
      new Uint8Array(memory.buffer).fill(7);
      throw new Error('refused');
    });
    errorOf(() => host.advance());
    const bytes = new Uint8Array(memory.buffer);
    expect(bytes.subarray(0, 0x10000).every((byte) => byte === 0)).toBe(true);
    expect(bytes.subarray(0x10000).every((byte) => byte === 7)).toBe(true);
  });

  it('is a crash where the module is none of ours', () => {
    const glue = {
      initSync: () => {
        throw new TypeError('wasm.__wbindgen_start is not a function');
      },
    };
    const host = new ClientHost(glue as never);
    expect(errorOf(() => host.load({} as WebAssembly.Module)).name).toBe(CRASHED);
  });

  it('is a crash where the module does not say how far its stack goes', () => {
    const host = new ClientHost({ initSync: () => ({ memory: new WebAssembly.Memory({ initial: 1 }) }) } as never);
    expect(errorOf(() => host.load({} as WebAssembly.Module)).message).toContain('__stack_pointer');
  });
});

describe('a snapshot', () => {
  it('has what is not empty the first time, and then what changed, in ascending order', () => {
    const { host, memory } = writing((bytes) => {
      bytes[0x10000 + 3 * PAGE_SIZE] = 1;
      bytes[0x10000 + 5 * PAGE_SIZE + 1023] = 2;
    });
    expect([...host.snapshot().changed]).toEqual([]);
    errorOf(() => host.advance());
    const first = 0x10000 / PAGE_SIZE;
    const { changed, bytes, size, stackTop, heapBase } = host.snapshot();
    expect([...changed]).toEqual([first + 3, first + 5]);
    expect(bytes).toHaveLength(2 * PAGE_SIZE);
    expect([bytes[0], bytes.at(-1)]).toEqual([1, 2]);
    expect({ size, stackTop, heapBase }).toEqual({
      size: memory.buffer.byteLength,
      stackTop: 0x10000,
      heapBase: 0x10400,
    });
    expect(host.snapshot().changed).toHaveLength(0);
  });

  it('has a page that became empty', () => {
    const { host, memory } = writing(() => {});
    new Uint8Array(memory.buffer).fill(9, 0x10000, 0x10010);
    host.snapshot();
    new Uint8Array(memory.buffer).fill(0, 0x10000, 0x10010);
    const { changed, bytes } = host.snapshot();
    expect([...changed]).toEqual([0x10000 / PAGE_SIZE]);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('leaves out the stack', () => {
    const { host } = writing((bytes) => bytes.fill(7, 0, 0x10000));
    errorOf(() => host.advance());
    expect(host.snapshot().changed).toHaveLength(0);
  });

  it('goes on when the memory grows', () => {
    const { host, memory } = writing(() => {});
    new Uint8Array(memory.buffer).fill(9, 0x10000, 0x10010);
    host.snapshot();
    memory.grow(2);
    new Uint8Array(memory.buffer).fill(5, 0x2fff0);
    const { size, changed } = host.snapshot();
    expect(size).toBe(4 * 0x10000);
    expect([...changed].map((page) => page * PAGE_SIZE)[0]).toBe(0x2fc00);
    expect(changed).toHaveLength(1 + 0x10000 / PAGE_SIZE);
  });

  it('is one buffer of its own, which can be handed over', () => {
    const { host, memory } = writing(() => {});
    new Uint8Array(memory.buffer).fill(9, 0x10000, 0x10010);
    const { changed, bytes } = host.snapshot();
    expect(changed.buffer).toBe(bytes.buffer);
    expect(bytes.buffer).not.toBe(memory.buffer);
    structuredClone(bytes, { transfer: [bytes.buffer as ArrayBuffer] });
    expect(host.snapshot().changed).toHaveLength(0);
  });

  it('is not to be had of an instance that crashed, or was never made', () => {
    const { host } = pretending(() => {
      throw new WebAssembly.RuntimeError('unreachable');
    });
    errorOf(() => host.advance());
    expect(errorOf(() => host.snapshot())).toMatchObject({ name: CRASHED, message: 'unreachable' });
    expect(errorOf(() => new ClientHost({} as Glue).snapshot()).name).toBe(CRASHED);
  });
});
