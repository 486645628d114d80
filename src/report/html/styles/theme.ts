/** Every pair of text and ground keeps a contrast of at least 4.5 to 1 (WCAG 2.2 AA). */
const light = {
  ground: '#f5f6f8',
  surface: '#ffffff',
  text: '#17202b',
  muted: '#55606d',
  line: '#dfe3e8',
  link: '#1d55b0',
  good: '#0f6b3f',
  'good-ground': '#e3f3ea',
  bad: '#b01f1a',
  'bad-ground': '#fdeae8',
  odd: '#7d4c00',
  'odd-ground': '#fdf1dc',
  first: '#2463c4',
  'first-area': '#2463c41f',
  second: '#b8500c',
  'second-area': '#b8500c1f',
  third: '#7743b8',
  'third-area': '#7743b81f',
  band: '#17202b0d',
  shade: '#17202b33',
  select: '#2463c426',
} as const

const dark: Readonly<Record<keyof typeof light, string>> = {
  ground: '#0f1318',
  surface: '#171d24',
  text: '#e6eaef',
  muted: '#9ba7b4',
  line: '#2a333d',
  link: '#84b4ff',
  good: '#5fd394',
  'good-ground': '#11271c',
  bad: '#ff8f86',
  'bad-ground': '#2e1614',
  odd: '#f1be63',
  'odd-ground': '#2a2010',
  first: '#6fa8ff',
  'first-area': '#6fa8ff29',
  second: '#f5a05a',
  'second-area': '#f5a05a29',
  third: '#bb98f5',
  'third-area': '#bb98f529',
  band: '#e6eaef0f',
  shade: '#00000080',
  select: '#6fa8ff33',
}

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}

/** As the system says, until the reader says otherwise; paper is always light. */
export const theme = `
:root{color-scheme:light;${variables(light)}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${variables(dark)}}}
@media screen{:root[data-theme=dark]{color-scheme:dark;${variables(dark)}}}
`.trim()
