/** A memory as a file: its download, and the commands that search it with other people's tools. */

import { html, type TemplateResult } from 'lit';
import type { PartWords } from '../../content/language';
import { digitsOf } from '../shared/format';
import type { FindChoice } from './find-form';

type Words = PartWords['memory'];

export function commands(words: Words, file: string, needle: FindChoice): TemplateResult {
  return html`<details class="commands">
    <summary>${words.commands}</summary>
    <p>${words.commandsNote(file, needle.label)}</p>
    ${command(words, 'count', words.countCommand, countCommand(file, needle.bytes))}
    ${command(words, 'python', words.pythonCommand, addressCommand(file, needle.bytes))}
  </details>`;
}

function command(words: Words, id: string, title: string, text: string): TemplateResult {
  return html`<div class="command" data-command=${id}>
    <p>${title}</p>
    <pre tabindex="0" role="group" aria-label=${title}>${text}</pre>
    <button class="button" aria-label=${words.copyLabel(title)} @click=${(event: Event) => copy(words, event.currentTarget as HTMLElement, text)}>
      ${words.copy}</button>
    <span class="said" role="status"></span>
  </div>`;
}

/** Without leave to write to the clipboard the command is selected, for the reader to copy. */
async function copy(words: Words, button: HTMLElement, text: string): Promise<void> {
  const pre = button.parentElement?.querySelector('pre');
  const said = button.parentElement?.querySelector('.said');
  try {
    await navigator.clipboard.writeText(text);
    if (said) said.textContent = words.copied;
  } catch {
    if (pre) getSelection()?.selectAllChildren(pre);
    if (said) said.textContent = words.selected;
  }
}

/** How many copies: hexadecimal on one line, and as many lines as matches. */
export function countCommand(file: string, needle: Uint8Array): string {
  return `xxd -p ${file} | tr -d '\\n' | grep -o ${digitsOf(needle)} | wc -l`;
}

/** At which addresses. */
export function addressCommand(file: string, needle: Uint8Array): string {
  const python = [
    'import re',
    `n = bytes.fromhex('${digitsOf(needle)}')`,
    `print([hex(m.start()) for m in re.finditer(re.escape(n), open('${file}', 'rb').read())])`,
  ].join('; ');
  return `python3 -c "${python}"`;
}

/** Gives the reader a file. Nothing leaves the page: the bytes are in a `blob:` address. */
export function save(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of the bytes by the next turn of its loop; a second is more than that.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
