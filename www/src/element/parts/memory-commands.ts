/** The commands that search a downloaded memory, filled with this run's key, to copy. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Choice } from '../memory/choices';
import { addressCommand, countCommand } from '../memory/commands';

const { glass } = words;

export function commands(file: string, needle: Choice): TemplateResult {
  return html`<details class="commands">
    <summary>${glass.memory.commands}</summary>
    <p>${glass.memory.commandsNote(file, needle.label)}</p>
    ${command('count', glass.memory.countCommand, countCommand(file, needle.bytes))}
    ${command('python', glass.memory.pythonCommand, addressCommand(file, needle.bytes))}
  </details>`;
}

function command(id: string, title: string, text: string): TemplateResult {
  return html`<div class="command" data-command=${id}>
    <p>${title}</p>
    <pre tabindex="0" role="group" aria-label=${title}>${text}</pre>
    <button class="button" aria-label=${glass.memory.copyLabel(title)} @click=${(event: Event) => copy(event.currentTarget as HTMLElement, text)}>
      ${glass.memory.copy}</button>
    <span class="said" role="status"></span>
  </div>`;
}

/** Without leave to write to the clipboard the command is selected, for the reader to copy. */
async function copy(button: HTMLElement, text: string): Promise<void> {
  const pre = button.parentElement?.querySelector('pre');
  const said = button.parentElement?.querySelector('.said');
  try {
    await navigator.clipboard.writeText(text);
    if (said) said.textContent = glass.memory.copied;
  } catch {
    if (pre) getSelection()?.selectAllChildren(pre);
    if (said) said.textContent = glass.memory.selected;
  }
}
