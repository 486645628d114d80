import { type ErrorCode, errors } from '../../src/shared/errors.ts'
import { type ExitCode, exitCodePrecedence, exitCodes } from '../../src/shared/exit-codes.ts'
import { code, page, table } from './markdown.ts'

interface ExitText {
  readonly meaning: string
  readonly next: string
}

const exitTexts: Readonly<Record<keyof typeof exitCodes, ExitText>> = {
  passed: {
    meaning: 'Everything that was asked for ran, and passed.',
    next: 'Nothing.',
  },
  internalFault: {
    meaning: 'A fault in csms itself: a process died, or the numbers of a report do not add up.',
    next: 'Run it again with `--verbose` and report the stack.',
  },
  usage: {
    meaning: 'The command line is wrong; nothing ran.',
    next: 'Read the sentence on standard error, then `csms help COMMAND`.',
  },
  conformance: {
    meaning:
      'A step or an expectation failed, the books differ, the target broke a MUST, or nothing was run. ' +
      '`csms send`: the station answered with a CALLERROR.',
    next: 'Read `reasons`, `scripts.reasons`, `books.mismatches` and `violations` of the report.',
  },
  targetUnreachable: {
    meaning:
      'No station was accepted within `--connect-timeout`. ' +
      '`csms send`: no csms answers, the station is offline or did not answer in time.',
    next: 'Check that the target runs, the path of its URL, and the passwords of the stations.',
  },
  generatorLimited: {
    meaning: 'INVALID: this machine, not the target, was the limit of an open-model run.',
    next: 'Offer less, free the machine, or raise what `csms doctor` names.',
  },
  thresholdFailed: {
    meaning:
      'A threshold of the scenario does not hold. `csms report compare`: a condition of `--fail-on` is broken.',
    next: 'Read `thresholds` of the report: each has its actual value.',
  },
  invalidConfiguration: {
    meaning:
      'A scenario, a file or a setting is wrong, or a port or folder cannot be used; nothing ran.',
    next: 'Mend what the sentence names. `csms scenario validate FILE` checks without running.',
  },
  interrupted: {
    meaning:
      'Stopped by a signal. The first drains and still writes the report; the second leaves at once.',
    next: 'Nothing.',
  },
  aborted: {
    meaning: 'A threshold with `abortOnFail` failed and ended the run.',
    next: 'As for 99.',
  },
}

/** What to do about each error, beyond its own sentence; a missing one does not compile. */
const advice: Readonly<Record<ErrorCode, string>> = {
  CSMS_USAGE: 'A wrong option, argument or combination. `csms help COMMAND` lists what there is.',
  CSMS_SCENARIO_NOT_FOUND: 'Paths are relative to the working directory; `-` is standard input.',
  CSMS_SCENARIO_INVALID:
    'Everything wrong in the file at once: `file:line:column`, a caret, the nearest valid name.',
  CSMS_SCRIPT_NOT_FOUND:
    'The file of `csms serve --script`; paths are relative to the working directory; `-` is standard input.',
  CSMS_SCRIPT_INVALID:
    'Everything wrong in the file at once, as in scenarios; `csms serve --script FILE --dry-run` checks without listening.',
  CSMS_CONFORMANCE_FILE_INVALID:
    'A file of `--hooks`, `--fixtures`, `--features` or `--expect-failures`: everything wrong in it at once, as in scenarios. `csms conformance init` writes sound ones.',
  CSMS_CONFORMANCE_NOTHING_SELECTED:
    'A word of `--case`, `--exclude`, `--profile` or `--tag` that fits no case, so that a typing error never turns green.',
  CSMS_CONFORMANCE_NOT_PREPARED:
    'What `provision` of the hooks file does, or the preset, failed: the API of the CSMS refused it or does not answer.',
  CSMS_CONFIG_INVALID:
    'A settings, stations, tokens or PEM file cannot be read or holds what it must not.',
  CSMS_PORT_IN_USE: 'Often a `csms serve` that still runs in another terminal.',
  CSMS_LISTEN_FAILED:
    '`--host` must be an address of this machine; ports below 1024 may need rights.',
  CSMS_TLS_INVALID: '`--tls-cert` and `--tls-key` are no certificate and key, or not of one pair.',
  CSMS_TARGET_UNREACHABLE:
    'The reason is that of the first failed attempt; silence of the target counts.',
  CSMS_OUTPUT_UNWRITABLE: 'Found out before the run begins, so that none is wasted.',
  CSMS_DATA_IN_USE: 'Two processes that write one folder would lose what each other acknowledged.',
  CSMS_DATA_UNWRITABLE: 'The folder of `csms serve --data` must be writable.',
  CSMS_PREFLIGHT_FAILED:
    'Files, ports or memory do not suffice; all of it is said at once. `csms doctor FILE` says it without starting; the numbers are explained in the guide on big fleets.',
  CSMS_PROCESS_ENDED:
    'One process of `csms serve --processes` was killed or crashed; the sentence ends with its last words. Memory is the usual reason.',
  CSMS_API_UNREACHABLE: '`--api` is the HTTP address: http://, not ws://.',
  CSMS_API_UNTRUSTED:
    'The csms there speaks TLS with a certificate of an authority that this machine does not know, or for other names than the URL’s.',
  CSMS_API_KEY_REFUSED:
    'HTTP 401: there is no key, or it is not in the file of `csms serve --api-keys`.',
  CSMS_API_REFUSED:
    'The csms there understood and said no: the role of the key, or something that is not there.',
  CSMS_API_KEYS_REQUIRED:
    'An API without keys answers its own machine only; behind a port that others reach that is not enough: [operate serve](../guide/operate-serve.md).',
  CSMS_REPORT_NOT_FOUND:
    'A run is a folder, a file, how its id begins, the name of a baseline, or `latest`.',
  CSMS_REPORT_INVALID:
    'Not a `report.json`, of another schema version, or too old for what was asked.',
  CSMS_RUNS_NOT_COMPARABLE:
    'Their numbers mean different things: [when runs can be compared](../guide/comparing-runs.md).',
  CSMS_REPORTS_NOT_MERGEABLE:
    'Only runners that played parts of one run at one time make one report.',
  CSMS_FILES_UNUSABLE:
    'The folder of `csms serve --files`, or of `csms.files` in a scenario: [firmware and logs](../guide/firmware-and-logs.md).',
  CSMS_PKI_EXISTS:
    '`csms certs init` wants a new folder; a station that has a certificate keeps it until its files are moved away.',
  CSMS_PKI_INVALID:
    'A CA is `ca/sub.pem`, `ca/sub.key`, `ca/ledger.ndjson` and `trust.pem`, as in [certificates](../guide/certificates.md).',
  CSMS_CERTIFICATE_UNKNOWN: 'A serial number in hexadecimal, or the identity of a station.',
  CSMS_INTERNAL: 'Please report it, with the stack that `--verbose` shows.',
}

/** `docs/reference/errors.md`. */
export function errorReference(): string {
  return page(
    'Errors and exit codes',
    'Generated from `src/shared/errors.ts` and `src/shared/exit-codes.ts`.',
    '## Exit codes',
    table(['code', 'means', 'what to do'], Object.entries(exitTexts).map(exitRow)),
    `When several apply, the process ends with the first of ${exitCodePrecedence.join(', ')}; ` +
      '`exitCodes` of the report lists all.',
    '## Errors',
    'A command that cannot do its work prints one sentence on standard error and ends with the exit ' +
      'code. `--verbose` adds the error code and the stack. Parts in `<>` are filled in. Errors on ' +
      'the wire (CALLERROR) are another matter: [rules](rules.md).',
    ...groups(),
  )
}

function exitRow([name, { meaning, next }]: [string, ExitText]): readonly string[] {
  const number = Object.entries(exitCodes).find(([known]) => known === name)?.[1]
  return [String(number), meaning, next]
}

function groups(): readonly string[] {
  const codes = Object.keys(errors) as readonly ErrorCode[]
  const used = [...new Set(codes.map((name) => errors[name].exit))].sort((a, b) => a - b)
  return used.flatMap((exit) => [`### Exit code ${exit}`, groupTable(exit, codes)])
}

function groupTable(exit: ExitCode, codes: readonly ErrorCode[]): string {
  const rows = codes
    .filter((name) => errors[name].exit === exit)
    .map((name) => [code(name), sentenceOf(name), advice[name]])
  return table(['error', 'sentence', ''], rows)
}

/** The sentence with `<subject>` where the subject goes. */
function sentenceOf(name: ErrorCode): string {
  const subject = new Proxy({}, { get: (_target, key) => `<${String(key)}>` })
  return code(errors[name].text(subject as never))
}
