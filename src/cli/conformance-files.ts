import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { catalogue } from '../conformance/cases/catalogue.ts'
import { loadHooks } from '../conformance/hooks/load-hooks.ts'
import type { HooksPlan } from '../conformance/hooks/plan.ts'
import { featuresOf, loadFeatures } from '../conformance/run/features-file.ts'
import { type FixturesPlan, loadFixtures } from '../conformance/run/fixtures-file.ts'
import { type KnownEntry, loadKnownFailures } from '../conformance/run/known-failures.ts'
import { formatProblems, type Problem } from '../document/problem.ts'
import type { DocumentSource } from '../document/read-document.ts'
import type { ReadOutcome } from '../document/reader.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'

type FileContext = Pick<CliContext, 'cwd' | 'env'>

/** The files that say what a CSMS is. Each throws `CSMS_CONFORMANCE_FILE_INVALID`. */
export async function readHooks(ctx: FileContext, file: string): Promise<HooksPlan> {
  const source = await sourceOf(ctx, file)
  const loaded = loadHooks(source, ctx.env, (path) => resolve(source.folder, path))
  if ('plan' in loaded) return loaded.plan
  throw invalid(source, loaded.problems)
}

/** Throws `CSMS_CONFORMANCE_FILE_INVALID` with every problem of the file. */
export async function readFixtures(ctx: FileContext, file: string): Promise<FixturesPlan> {
  const source = await sourceOf(ctx, file)
  const loaded = loadFixtures(source, ctx.env, (path) => beside(source.folder, path))
  if ('plan' in loaded) return loaded.plan
  throw invalid(source, loaded.problems)
}

/** The features that the CSMS claims. */
export async function readFeatures(ctx: FileContext, file: string): Promise<ReadonlySet<string>> {
  const source = await sourceOf(ctx, file)
  const loaded = loadFeatures(source, ctx.env, featuresOf(catalogue))
  if ('claimed' in loaded) return loaded.claimed
  throw invalid(source, loaded.problems)
}

/** Throws `CSMS_CONFORMANCE_FILE_INVALID` with every problem of the file. */
export async function readKnownFailures(
  ctx: FileContext,
  file: string,
): Promise<readonly KnownEntry[]> {
  const source = await sourceOf(ctx, file)
  const loaded = loadKnownFailures(source, ctx.env, catalogue)
  if ('entries' in loaded) return loaded.entries
  throw invalid(source, loaded.problems)
}

/** PEM of authorities. */
export async function readAuthorities(ctx: FileContext, file: string): Promise<string> {
  const { text } = await sourceOf(ctx, file)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw csmsError('CSMS_CONFORMANCE_FILE_INVALID', {
    file,
    report: `${file} holds no certificate.`,
  })
}

async function sourceOf(
  { cwd }: FileContext,
  file: string,
): Promise<DocumentSource & { readonly folder: string }> {
  const path = resolve(cwd, file)
  try {
    return { file, text: await readFile(path, 'utf8'), folder: dirname(path) }
  } catch (error) {
    const report = `Cannot read ${file}: ${whyUnreadable(error)}.`
    throw csmsError('CSMS_CONFORMANCE_FILE_INVALID', { file, report }, error)
  }
}

function beside(folder: string, path: string): ReadOutcome {
  try {
    return { text: readFileSync(resolve(folder, path), 'utf8'), shown: path }
  } catch (error) {
    return { error: whyUnreadable(error) }
  }
}

function invalid({ file, text }: DocumentSource, problems: readonly Problem[]) {
  const report = formatProblems(file, text, problems)
  return csmsError('CSMS_CONFORMANCE_FILE_INVALID', { file, report })
}
