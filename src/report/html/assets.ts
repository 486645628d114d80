import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Verdict } from '../result.ts'

let library: string | undefined

/** uPlot with its licence, as a script. Read once. */
export function chartLibrary(): string {
  library ??= readLibrary()
  return library
}

function readLibrary(): string {
  const { resolve } = createRequire(import.meta.url)
  const read = (path: string): string => readFileSync(resolve(`uplot/${path}`), 'utf8')
  return `/*\n${read('LICENSE').trim()}\n*/\n${read('dist/uPlot.iife.min.js').trim()}\n`
}

/**
 * What the page may load: nothing. Of scripts and styles it runs those whose hashes stand here, so
 * that what somebody got into the page in spite of everything would still be dead text.
 */
export function contentPolicy(scripts: readonly string[], style: string): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(sourceOf).join(' ')}`,
    `style-src ${sourceOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

const iconColours: Readonly<Record<Verdict, string>> = {
  pass: '#1a8754',
  fail: '#c8322b',
  invalid: '#b87400',
  aborted: '#b87400',
}

/** A dot in the verdict's colour for the browser's tab. */
export function icon(verdict: Verdict): string {
  const circle = `<circle cx="8" cy="8" r="7" fill="${iconColours[verdict]}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${circle}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
