/** As much of node-forge as the bench uses: its own package has no types, and the page's type check runs without it. */
declare module 'node-forge' {
  interface Bytes {
    getBytes(): string;
  }
  interface Connection {
    readonly tlsData: Bytes;
    readonly data: Bytes;
    handshake(): void;
    process(bytes: string): number;
    close(): void;
  }
  interface ConnectionOptions {
    readonly server: boolean;
    readonly caStore?: readonly unknown[];
    readonly cipherSuites: readonly unknown[];
    readonly virtualHost?: string;
    readonly verify: (connection: Connection, verified: unknown) => unknown;
    readonly getCertificate?: () => string | readonly string[];
    readonly getPrivateKey?: () => string;
    readonly connected: (connection: Connection) => void;
    readonly tlsDataReady: (connection: Connection) => void;
    readonly dataReady: (connection: Connection) => void;
    readonly closed: (connection: Connection) => void;
    readonly error: (connection: Connection, error: { readonly message: string }) => void;
  }
  interface Certificate {
    publicKey: unknown;
    serialNumber: string;
    readonly validity: { notBefore: Date; notAfter: Date };
    setSubject(attributes: readonly unknown[]): void;
    setIssuer(attributes: readonly unknown[]): void;
    setExtensions(extensions: readonly unknown[]): void;
    sign(key: unknown, hash: unknown): void;
  }
  const forge: {
    readonly pki: {
      createCertificate(): Certificate;
      certificateToPem(certificate: Certificate): string;
      privateKeyFromPem(pem: string): unknown;
      publicKeyFromPem(pem: string): unknown;
    };
    readonly md: { readonly sha256: { create(): unknown } };
    readonly tls: {
      readonly CipherSuites: Readonly<Record<string, unknown>>;
      createConnection(options: ConnectionOptions): Connection;
    };
  };
  export default forge;
}
