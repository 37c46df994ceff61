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
