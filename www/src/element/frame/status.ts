/** What the element waits for, and what keeps it from running, in words. */

import type { Language } from '../../content/language';
import type { NetworkFailure } from '../../network/errors';
import type { DisplayState } from '../displayed-run';

export function statusText(language: Language, state: DisplayState): string {
  const { status } = language.ui;
  switch (state.is) {
    case 'ready':
      return '';
    case 'failed':
      return failureText(language, state.failure);
    case 'waiting':
      return {
        loading: status.loading,
        'making keys': status.makingKey,
        running: status.running,
        searching: status.searching,
      }[state.for];
  }
}

export function failureText({ ui }: Language, failure: NetworkFailure): string {
  switch (failure.code) {
    case 'missing':
      return {
        WebAssembly: ui.errors.webassembly,
        Worker: ui.errors.workers,
        'crypto.subtle': ui.errors.subtle,
      }[failure.what];
    case 'module_load_failed':
      return ui.errors.module(failure.detail);
    case 'worker_crashed':
      return ui.errors.worker(failure.party, failure.detail);
    case 'search_crashed':
      return ui.errors.search(failure.detail);
    case 'network_crashed':
      return ui.errors.network(failure.detail);
    case 'bad_option':
      return ui.errors.run(failure.detail);
    case 'internal':
      return ui.errors.internal(failure.detail);
    case 'closed':
      return ui.errors.closed;
  }
}
