/** What Bytes offers at steps without bytes of their own, over real runs: never nothing, and what the RFC says each of them takes. */

import { describe, expect, it } from 'vitest';
import { bufferAt, bytesOfStep } from '../src/run/bytes';
import { groupsFor, HANDSHAKES } from '../src/run/choices';
import type { SharedValue } from '../src/run/compare';
import type { Run, RunOptions, StepId, ValueName } from '../src/run/model';
import { contentsOf } from '../src/run/step-contents';
import { computationsOf } from '../src/run/values';
import { ASKING, eachRun, OPTIONS, RESUMING } from './parties';

function at(run: Run, id: StepId) {
  const step = run.steps.find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  const { messages, ...values } = contentsOf(run, step);
  const names = (all: readonly SharedValue[]): ValueName[] => all.map(({ value }) => value.name);
  return {
    messages: messages.map((ref) => {
      const buffer = bufferAt(run, ref);
      return buffer?.kind === 'handshake' ? buffer.fields.at(-1)?.name : buffer?.kind;
    }),
    used: names(values.used),
    made: names(values.made),
    erased: names(values.erased),
  };
}

const RUNS: readonly RunOptions[] = [
  ...HANDSHAKES.map((handshake): RunOptions => {
    return { ...OPTIONS, handshake, group: groupsFor(handshake)[0] ?? OPTIONS.group };
  }),
  { ...OPTIONS, extendedMasterSecret: false, cipher: 'aes-128-cbc', encryptThenMac: false },
  ...ASKING,
  ...RESUMING,
];

eachRun(RUNS, (_, made) => {
  it('has something to offer at every step without bytes, and every value of its computations', () => {
    const steps = made.run.steps.filter((step) => !bytesOfStep(made.run, step));
    expect(steps.length).toBeGreaterThan(1);
    for (const step of steps) {
      const { messages, used, made: outputs, erased } = contentsOf(made.run, step);
      expect(messages.length + used.length + outputs.length + erased.length, step.id).toBeGreaterThan(0);
      const offered = new Set([...used, ...outputs].map(({ value }) => value.name));
      for (const { computation } of computationsOf(made.run, step)) {
        for (const { name } of [...computation.inputs, ...computation.outputs]) {
          expect(offered.has(name), `${step.id}: ${name}`).toBe(true);
        }
      }
      for (const ref of messages) expect(bufferAt(made.run, ref)?.bytes.length, step.id).toBeGreaterThan(0);
    }
  });
});

describe('the steps of one connection', () => {
  eachRun([OPTIONS], (_, made) => {
    it('RSA: each with the messages that it takes values from', () => {
      expect(at(made.run, 'verify').messages).toEqual(['Certificate']);
      expect(at(made.run, 'secret')).toEqual({ messages: [], used: [], made: ['pre_master_secret'], erased: [] });
      expect(at(made.run, 'decrypt')).toMatchObject({
        messages: ['ClientKeyExchange'],
        used: ['server_private_key', 'encrypted_pre_master_secret'],
        made: ['random_alternative', 'pre_master_secret'],
      });
      const messages = ['ClientHello', 'ServerHello', 'Certificate', 'ServerHelloDone', 'ClientKeyExchange'];
      expect(at(made.run, 'data-keys')).toMatchObject({ messages, erased: ['pre_master_secret'] });
      expect(at(made.run, 'read')).toMatchObject({ messages: ['record'], made: ['plaintext'] });
    });
  });

  eachRun([{ ...OPTIONS, handshake: 'ecdhe', extendedMasterSecret: false }], (_, made) => {
    it('ECDHE: each with the messages that it takes values from', () => {
      expect(at(made.run, 'sign').messages).toEqual(['ClientHello', 'ServerHello']);
      expect(at(made.run, 'verify').messages).toEqual([
        'ClientHello',
        'ServerHello',
        'Certificate',
        'ServerKeyExchange',
      ]);
      expect(at(made.run, 'agree').messages).toEqual(['ServerKeyExchange', 'ClientKeyExchange']);
      expect(at(made.run, 'erase').erased).toEqual(['client_ephemeral_private_key', 'server_ephemeral_private_key']);
      // Without extended_master_secret the randoms go in, and no other message.
      expect(at(made.run, 'data-keys').messages).toEqual(['ClientHello', 'ServerHello']);
    });
  });
});
