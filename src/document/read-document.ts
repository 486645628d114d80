import { Places, type Problem } from './problem.ts'
import { Reader, type ReaderSetting } from './reader.ts'
import type { SourceNode } from './source-node.ts'
import type { StepForms } from './step-form.ts'
import type { Var, VarSettings } from './vars.ts'
import { type Environment, readYamlTree } from './yaml-tree.ts'

/** A file as text, with the name that messages give it. */
export interface DocumentSource {
  readonly file: string
  readonly text: string
  /** What paths in it start from; default: the folder of `file`. */
  readonly folder?: string
  /** Certificates that it names are still to be made: they are not read. */
  readonly beforeCertificates?: boolean
}

/** A file is written by people; what is larger is not one. */
const largestFile = 4 * 1024 * 1024

/** A file whose form is sound, to be read on with its reader. */
export interface Document {
  readonly root: SourceNode
  readonly reader: Reader
  readonly vars: readonly Var[]
}

/**
 * Reads a file as a tree with places, vars and environment filled in.
 *
 * @param environment for `${NAME}` in the file
 * @param settings vars of the command line
 */
export function readDocument(
  { text: given }: DocumentSource,
  steps: StepForms,
  environment: Environment,
  settings: VarSettings = {},
  files: Pick<ReaderSetting, 'readFile' | 'pathOf' | 'beforeCertificates'> = {},
): Document | { readonly problems: readonly Problem[] } {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given
  const places = new Places(text)
  if (text.length > largestFile) {
    const message = `The file is larger than ${largestFile / 1024 / 1024} MiB.`
    return { problems: [places.problem({ start: 0, end: 1 }, message)] }
  }
  const { root, problems, vars } = readYamlTree(text, places, environment, settings)
  if (!root) return { problems }
  const names = vars.map(({ name }) => name)
  return {
    root,
    vars,
    reader: new Reader(steps, places, { known: problems, vars: names, ...files }),
  }
}
