/** The host of a party, over a binding that only pretends: what becomes of errors, and of the stack. */

import { describe, expect, it } from 'vitest';
import { ClientHost, CRASHED, type Glue, REFUSED } from './host';

function pretending(advance: () => never): { readonly host: ClientHost; readonly memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 2 });
  const pointer = new WebAssembly.Global({ value: 'i32', mutable: true }, 0x10000);
  const glue = {
    initSync: () => ({ memory, __stack_pointer: pointer }),
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
