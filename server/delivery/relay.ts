/** The server that takes our outgoing copies, as the configuration names it (`outbound.relay`). */

/**
 * `opportunistic` encrypts where the server offers it and checks no certificate; `required` (STARTTLS) and `implicit` (TLS from
 * the first octet) check the certificate and never go on in plain text.
 */
export type RelayTls = "none" | "opportunistic" | "required" | "implicit";

export type Relay = {
  readonly host: string;
  readonly port: number;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly tls: RelayTls;
};
