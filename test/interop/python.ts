import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const python = process.env['CSMS_TEST_PYTHON'] ?? 'python3'

export const script = (name: string): string => join(import.meta.dirname, 'python', name)

/** `pip install ocpp websockets`, CSMS_TEST_PYTHON names the interpreter; else its tests are skipped. */
export const missing = spawnSync(python, ['-c', 'import ocpp, websockets']).status !== 0

/** What tests call it: why they are skipped is part of their names. */
export const peer = missing
  ? 'the Python package ocpp (skipped: pip install ocpp websockets, CSMS_TEST_PYTHON=python)'
  : 'the Python package ocpp'
