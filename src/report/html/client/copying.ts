/** The button beside the command; absent where the browser lets nobody copy. */
export function prepareCopying(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-copy]')
  const code = button?.previousElementSibling
  if (!button || !code || !window.isSecureContext) return
  const tell = (text: string) => () => {
    button.textContent = text
  }
  button.hidden = false
  button.addEventListener('click', () => {
    navigator.clipboard
      .writeText((code.textContent ?? '').trim())
      .then(tell('Copied'), tell('Not allowed'))
  })
  for (const left of ['pointerleave', 'blur']) button.addEventListener(left, tell('Copy'))
}
