/** Built files on a server of their own, as a host of static files sends them: compressed, and kept by the browser. It counts. */

import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { constants, gzipSync } from 'node:zlib';

/** A file that a browser was sent. */
export interface Sent {
  readonly path: string;
  /** Of its content, as it crossed the wire. */
  readonly bytes: number;
}

interface Content {
  readonly type: string;
  readonly body: Buffer;
  readonly compressed: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** Of these, gzip makes nothing smaller. */
const COMPRESSED = ['.woff2'];

export class Site {
  readonly #server: Server;
  readonly #contents = new Map<string, Promise<Content>>();
  #sent: Sent[] = [];

  /** Each folder is served under its name; pages are texts of their own, by their path. */
  static async open(
    folders: Readonly<Record<string, string>>,
    pages: Readonly<Record<string, string>> = {},
  ): Promise<Site> {
    const site = new Site(folders, pages);
    await new Promise<void>((listening) => site.#server.listen(0, 'localhost', listening));
    return site;
  }

  private constructor(folders: Readonly<Record<string, string>>, pages: Readonly<Record<string, string>>) {
    this.#server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      this.#contentOf(path, folders, pages).then(
        (content) => this.#send(response, path, content),
        () => response.writeHead(404).end(),
      );
    });
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What was sent since it was last asked, in order. */
  takeSent(): readonly Sent[] {
    const sent = this.#sent;
    this.#sent = [];
    return sent;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** Read and compressed once: what a browser waits for is not this server's work. */
  #contentOf(path: string, folders: Readonly<Record<string, string>>, pages: Readonly<Record<string, string>>) {
    const known = this.#contents.get(path) ?? contentOf(path, folders, pages);
    this.#contents.set(path, known);
    return known;
  }

  #send(response: ServerResponse, path: string, { type, body, compressed }: Content): void {
    this.#sent.push({ path, bytes: body.length });
    response.writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'max-age=600',
      ...(compressed ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(body);
  }
}

async function contentOf(
  path: string,
  folders: Readonly<Record<string, string>>,
  pages: Readonly<Record<string, string>>,
): Promise<Content> {
  const page = pages[path];
  if (page !== undefined) return compressed(TYPES['.html'] ?? '', Buffer.from(page));
  const [, name = '', ...rest] = normalize(path).split('/');
  const folder = folders[name];
  const extension = extname(path);
  const type = TYPES[extension];
  if (folder === undefined || type === undefined) throw new Error(`nothing is served as ${path}`);
  const body = await readFile(join(folder, ...rest));
  return COMPRESSED.includes(extension) ? { type, body, compressed: false } : compressed(type, body);
}

function compressed(type: string, body: Buffer): Content {
  return { type, body: gzipSync(body, { level: constants.Z_BEST_COMPRESSION }), compressed: true };
}
