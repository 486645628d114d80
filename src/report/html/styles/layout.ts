/** Type, the head of the page, key numbers, text; from a telephone to a wide screen, and paper. */
export const layout = `
*,*::before,*::after{box-sizing:border-box}
html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;background:var(--ground);color:var(--text);font-variant-numeric:tabular-nums;-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd,figure,pre{margin:0;padding:0}
ul,ol{list-style:none}
code,pre{font:0.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
small{font-size:0.875em;color:var(--muted);font-weight:400}
.wide{max-width:80rem;margin:0 auto;padding:0 clamp(1rem,4vw,2.5rem)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
button{font:inherit;font-size:0.8125rem;line-height:1.25rem;color:var(--text);background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:0.1875rem 0.625rem;cursor:pointer}
button:hover{border-color:var(--muted)}
button[aria-pressed=true]{color:var(--surface);background:var(--muted);border-color:var(--muted)}
.theme{position:absolute;top:1rem;right:clamp(1rem,4vw,2.5rem);z-index:1}

.hero{padding:clamp(1rem,3vw,2rem) 0 clamp(1.25rem,3.5vw,2.5rem);border-bottom:1px solid var(--line)}
.hero.pass{--verdict:var(--good);background:var(--good-ground)}
.hero.fail{--verdict:var(--bad);background:var(--bad-ground)}
.hero.invalid,.hero.aborted{--verdict:var(--odd);background:var(--odd-ground)}
.eyebrow{display:flex;flex-wrap:wrap;gap:0 1rem;padding-right:4.5rem;color:var(--muted);font-size:0.875rem;line-height:1.75rem}
.eyebrow span{font-weight:600;color:var(--text)}
h1{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 0.4em;margin-top:0.25rem;line-height:1.1;font-size:clamp(1.5rem,3.5vw,2.5rem);font-weight:600}
.verdict{color:var(--verdict);font-size:clamp(3.5rem,11vw,7rem);font-weight:800;letter-spacing:-0.02em;line-height:1;white-space:nowrap}
.verdict span{margin-right:0.14em}
.why{margin-top:0.75rem;font-size:clamp(1.25rem,2.6vw,2rem);line-height:1.3;font-weight:500;max-width:60ch;text-wrap:pretty}
.reasons{margin-top:0.75rem;max-width:90ch}
.reasons li{padding-left:1.25rem;text-indent:-1.25rem}
.reasons li::before{content:"–";display:inline-block;width:1.25rem;text-indent:0;color:var(--muted)}
.hero details{margin-top:0.75rem}
summary{cursor:pointer}
.against{margin-top:0.75rem;color:var(--muted);font-size:0.9375rem}

main{padding-bottom:2rem}
.notes{margin-top:1.25rem;padding:0.75rem 1rem;border-radius:8px;background:var(--odd-ground);color:var(--odd);font-weight:500}
.notes li{padding-left:1.25rem;text-indent:-1.25rem}
.notes li span{display:inline-block;width:1.25rem;text-indent:0;font-weight:800}

.keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15.5rem),1fr));gap:1px;margin-top:1.5rem;background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden}
.key{padding:1rem 1.25rem 1.125rem;background:var(--surface);font-size:0.875rem;color:var(--muted)}
.key h2{font-size:0.875rem;font-weight:600;color:var(--text)}
.figure{margin:0.125rem 0 0.375rem;color:var(--text);font-size:2rem;line-height:1.25;font-weight:650;letter-spacing:-0.01em}
.figure small{font-size:0.9375rem;letter-spacing:0}
.triple{display:flex;gap:1.25rem}
.triple div{min-width:0}
.triple dt{font-size:0.75rem;line-height:1rem;font-weight:500;color:var(--muted);letter-spacing:0}
.triple dd{font-size:1.5rem;line-height:1.5rem}

.repeat{display:flex;flex-wrap:wrap;align-items:center;gap:0.375rem 0.875rem;margin-top:1rem;font-size:0.875rem}
.repeat .label{color:var(--muted)}
.repeat code{padding:0.25rem 0.625rem;border:1px solid var(--line);border-radius:6px;background:var(--surface);font-size:0.875rem}
.repeat code span{display:inline-block}
.repeat .lacks{flex-basis:100%;color:var(--muted)}

.contents{margin-top:1.25rem;padding-top:0.875rem;border-top:1px solid var(--line);font-size:0.875rem}
.contents ul{display:flex;flex-wrap:wrap;gap:0.125rem 1.25rem}
.contents a{display:inline-block;padding:0.125rem 0;text-decoration:none}
.contents a:hover{text-decoration:underline}

section[id]{margin-top:2.75rem;scroll-margin-top:1rem}
section[id]>h2{font-size:1.375rem;line-height:1.3;font-weight:650;letter-spacing:-0.01em;margin-bottom:0.5rem}
section[id]>p{max-width:80ch;color:var(--muted);margin-bottom:0.75rem}
section[id]>h3{font-size:1rem;margin:1.25rem 0 0.375rem}
.term{color:inherit;text-decoration:underline dotted;text-underline-offset:3px;text-decoration-thickness:1px}
.term:hover{color:var(--link)}
.conclusion{font-size:1.125rem;color:var(--text)!important}

.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem 2.5rem}
.pair h3{font-size:1rem;margin-bottom:0.375rem}
.facts{display:grid;gap:0 2rem;border-top:1px solid var(--line)}
.facts>div{display:grid;grid-template-columns:minmax(7rem,9.5rem) 1fr;gap:0 1rem;padding:0.4375rem 0;border-bottom:1px solid var(--line);font-size:0.9375rem}
.facts dt{color:var(--muted)}
.long{font-size:0.8125rem}
.words{columns:26rem 2;column-gap:2.5rem;font-size:0.9375rem}
.words>div{break-inside:avoid;padding:0.375rem 0;scroll-margin-top:1rem}
.words>div:target{background:var(--odd-ground);box-shadow:0 0 0 6px var(--odd-ground)}
.words dt{font-weight:600}
.words dd{color:var(--muted)}
.timeline{display:flex;flex-wrap:wrap;gap:0.125rem 1.5rem;margin:0 0 0.75rem;font-size:0.875rem}
.mark{color:var(--third)}
.mark+time{color:var(--muted);font-weight:400}
footer{padding-top:1.5rem;padding-bottom:2.5rem;color:var(--muted);font-size:0.8125rem}
footer p{border-top:1px solid var(--line);padding-top:1rem}

@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media (max-width:40rem){
.facts>div{grid-template-columns:1fr}
.figure{font-size:1.75rem}
section[id]{margin-top:2.25rem}
}
@media print{
html{font-size:11px;background:none}
.hero,.notes,.state{-webkit-print-color-adjust:exact;print-color-adjust:exact}
.theme,.contents,.needs-script,button:not(thead button){display:none!important}
.keys,.rule,.chart,tr,.facts>div{break-inside:avoid}
h2,h3{break-after:avoid}
.scroll{overflow:visible!important}
a{color:inherit;text-decoration:none}
}
`.trim()
