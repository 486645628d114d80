import type { ExitCode } from './exit-codes.ts'

interface ErrorSpec<Subject> {
  readonly exit: ExitCode
  readonly text: (subject: Subject) => string
}

const define = <Subject>(
  exit: ExitCode,
  text: (subject: Subject) => string,
): ErrorSpec<Subject> => ({
  exit,
  text,
})

/**
 * Every error csms can end with: a code to search for and a sentence that says what, where and what
 * to do next. `docs/reference/errors.md` is generated from this table. Errors on the wire are
 * another matter: `CallError` in `ocpp/rpc`.
 */
export const errors = {
  CSMS_USAGE: define<{ readonly message: string }>(2, ({ message }) => message),
  CSMS_SCENARIO_NOT_FOUND: define<{ readonly file: string }>(
    104,
    ({ file }) =>
      `There is no scenario file ${file}. Run "csms scenario init" to write one to start from.`,
  ),
  CSMS_SCENARIO_INVALID: define<{ readonly file: string; readonly report: string }>(
    104,
    ({ report }) => report,
  ),
  CSMS_SCRIPT_NOT_FOUND: define<{ readonly file: string }>(
    104,
    ({ file }) =>
      `There is no script ${file}. scenarios/serve has some to start from; docs/guide/script-the-csms.md explains them.`,
  ),
  CSMS_SCRIPT_INVALID: define<{ readonly file: string; readonly report: string }>(
    104,
    ({ report }) => report,
  ),
  CSMS_CONFORMANCE_FILE_INVALID: define<{ readonly file: string; readonly report: string }>(
    104,
    ({ report }) => report,
  ),
  CSMS_CONFORMANCE_NOTHING_SELECTED: define<{
    readonly protocol: string
    readonly reason: string
  }>(
    3,
    ({ protocol, reason }) =>
      `Nothing was played: in ${protocol} ${reason}. "csms conformance list --protocol ${protocol}" shows all.`,
  ),
  CSMS_CONFORMANCE_NOT_PREPARED: define<{ readonly reason: string }>(
    3,
    ({ reason }) =>
      `Nothing was played: the CSMS could not be prepared. ${reason}. The "provision" of the hooks file says what is done.`,
  ),
  CSMS_CONFIG_INVALID: define<{ readonly file: string; readonly message: string }>(
    104,
    ({ file, message }) => `${file}: ${message}`,
  ),
  CSMS_PORT_IN_USE: define<{ readonly host: string; readonly port: number }>(
    104,
    ({ host, port }) =>
      `${host}:${port} is already in use. Stop the other process or choose another port (0 picks a free one).`,
  ),
  CSMS_LISTEN_FAILED: define<{
    readonly host: string
    readonly port: number
    readonly reason: string
  }>(104, ({ host, port, reason }) => `Cannot listen on ${host}:${port}: ${reason}.`),
  CSMS_TLS_INVALID: define<{ readonly reason: string }>(
    104,
    ({ reason }) =>
      `The TLS certificates cannot be used: ${reason}. Give each --tls-cert (the certificate, then its chain, PEM) the --tls-key at the same place.`,
  ),
  CSMS_TARGET_UNREACHABLE: define<{ readonly url: string; readonly reason: string }>(
    4,
    ({ url, reason }) =>
      `No station was accepted by ${url}: ${reason}. Check that the CSMS runs and speaks this version of OCPP, the URL's path and the stations' passwords.`,
  ),
  CSMS_OUTPUT_UNWRITABLE: define<{ readonly path: string; readonly reason: string }>(
    104,
    ({ path, reason }) => `Cannot write to ${path}: ${reason}. Choose another place for it.`,
  ),
  CSMS_DATA_UNWRITABLE: define<{ readonly path: string; readonly reason: string }>(
    104,
    ({ path, reason }) =>
      `Cannot keep data in ${path}: ${reason}. Choose another folder with --data.`,
  ),
  CSMS_DATA_IN_USE: define<{ readonly path: string; readonly by: string; readonly lock: string }>(
    104,
    ({ path, by, lock }) =>
      `The data in ${path} is in use by ${by}. Stop that one or choose another folder with --data; if no csms is running there, remove ${lock}.`,
  ),
  CSMS_PREFLIGHT_FAILED: define<{ readonly report: string }>(
    2,
    ({ report }) => `This machine cannot carry the run.\n${report}`,
  ),
  CSMS_PROCESS_ENDED: define<{ readonly reason: string }>(
    1,
    ({ reason }) =>
      `${reason}. Its stations were lost; the others were closed and saved. Start the server again.`,
  ),
  CSMS_API_UNREACHABLE: define<{ readonly url: string; readonly reason: string }>(
    4,
    ({ url, reason }) =>
      `No csms answers at ${url}: ${reason}. Start one with "csms serve" or name another with --api.`,
  ),
  CSMS_API_UNTRUSTED: define<{ readonly url: string; readonly reason: string }>(
    4,
    ({ url, reason }) =>
      `The certificate of ${url} is not trusted: ${reason}. Name its authority with --ca; "csms certs init" writes it to trust.pem.`,
  ),
  CSMS_API_KEY_REFUSED: define<{ readonly message: string }>(
    4,
    ({ message }) =>
      `${message} Name a key with --api-key or CSMS_API_KEY; "csms api-keys add" makes one.`,
  ),
  CSMS_API_REFUSED: define<{ readonly message: string }>(4, ({ message }) => message),
  CSMS_API_KEYS_REQUIRED: define<{ readonly host: string }>(
    104,
    ({ host }) =>
      `${host} can be reached from other machines, and so could the operator's API. Make a key with "csms api-keys add keys.json NAME" and serve with --api-keys keys.json.`,
  ),
  CSMS_REPORT_NOT_FOUND: define<{ readonly wanted: string; readonly reports: string }>(
    104,
    ({ wanted, reports }) =>
      `There is no run "${wanted}" in ${reports}. "csms report list" shows them; --out names another folder.`,
  ),
  CSMS_REPORT_INVALID: define<{ readonly path: string; readonly message: string }>(
    104,
    ({ path, message }) => `${path} is no report: ${message}.`,
  ),
  CSMS_RUNS_NOT_COMPARABLE: define<{ readonly reasons: string }>(
    104,
    ({ reasons }) =>
      `These runs cannot be compared: ${reasons}. --force compares them all the same.`,
  ),
  CSMS_REPORTS_NOT_MERGEABLE: define<{ readonly reason: string }>(
    104,
    ({ reason }) => `These reports are not of one run: ${reason}.`,
  ),
  CSMS_PKI_EXISTS: define<{ readonly path: string }>(
    104,
    ({ path }) =>
      `${path} is there already, and keys and certificates are never overwritten. Choose another folder, or move it away.`,
  ),
  CSMS_PKI_INVALID: define<{ readonly path: string; readonly reason: string }>(
    104,
    ({ path, reason }) =>
      `${path} holds no certificate authority that can be used: ${reason}. "csms certs init" makes one.`,
  ),
  CSMS_CERTIFICATE_UNKNOWN: define<{ readonly wanted: string; readonly path: string }>(
    104,
    ({ wanted, path }) =>
      `The authority in ${path} issued no certificate "${wanted}". "csms certs list" shows what it issued.`,
  ),
  CSMS_FILES_UNUSABLE: define<{ readonly path: string; readonly reason: string }>(
    104,
    ({ path, reason }) =>
      `Cannot serve files from ${path}: ${reason}. Name a folder that can be read, and written to.`,
  ),
  CSMS_INTERNAL: define<{ readonly message: string }>(1, ({ message }) => message),
} as const

/** The name of a row of the table. */
export type ErrorCode = keyof typeof errors
type SubjectOf<Code extends ErrorCode> = Parameters<(typeof errors)[Code]['text']>[0]

/** A failure with a code from the table, to be shown to the person who ran the command. */
export class CsmsError extends Error {
  readonly code: ErrorCode
  readonly exit: ExitCode

  constructor(code: ErrorCode, exit: ExitCode, message: string, options?: { cause?: unknown }) {
    super(message)
    this.name = 'CsmsError'
    this.code = code
    this.exit = exit
    if (options && 'cause' in options) (this as { cause?: unknown }).cause = options.cause
  }
}

/** Builds the error of the table's `code`; the caller throws it. */
export function csmsError<Code extends ErrorCode>(
  code: Code,
  subject: SubjectOf<Code>,
  cause?: unknown,
): CsmsError {
  const spec = errors[code] as ErrorSpec<SubjectOf<Code>>
  return new CsmsError(code, spec.exit, spec.text(subject), { cause })
}

/** What was thrown, in its own words: the message of an error, anything else as text. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** The same with where it came from: for faults of csms, never for mistakes of people. */
export function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}

/** The code that an error carries: `ENOENT`, `EADDRINUSE` ... of the system, or one of the table. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined
}
