// Generated from src/report/html/client by "npm run gen".
export const clientScript = `"use strict";
(() => {
  // copying.ts
  function prepareCopying() {
    if (!window.isSecureContext) return;
    for (const button of document.querySelectorAll("[data-copy]")) prepare(button);
  }
  function prepare(button) {
    const code = button.previousElementSibling;
    if (!code) return;
    const tell = (text) => () => {
      button.textContent = text;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText((code.textContent ?? "").trim()).then(tell("Copied"), tell("Not allowed"));
    });
    for (const left of ["pointerleave", "blur"]) button.addEventListener(left, tell("Copy"));
  }

  // filters.ts
  function prepareFilters() {
    const buttons = [...document.querySelectorAll("button[data-show]")];
    const main = document.querySelector("main");
    for (const button of buttons) {
      button.addEventListener("click", () => {
        for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
        if (main) main.dataset["show"] = button.dataset["show"] ?? "all";
      });
    }
  }

  // theme.ts
  var key = "csms-report-theme";
  function prepareTheme(changed) {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const button = document.querySelector("[data-theme-toggle]");
    const current = () => chosen() ?? (system.matches ? "dark" : "light");
    const show = () => {
      if (button) button.textContent = current() === "dark" ? "Light" : "Dark";
      changed();
    };
    const stored = remembered();
    if (stored) root.dataset["theme"] = stored;
    if (button) button.hidden = false;
    show();
    button?.addEventListener("click", () => {
      const next = current() === "dark" ? "light" : "dark";
      root.dataset["theme"] = next;
      remember(next);
      show();
    });
    system.addEventListener("change", show);
  }
  function chosen() {
    return themeOf(document.documentElement.dataset["theme"]);
  }
  function remembered() {
    try {
      return themeOf(localStorage.getItem(key));
    } catch {
      return void 0;
    }
  }
  function remember(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch {
    }
  }
  function themeOf(text) {
    return text === "light" || text === "dark" ? text : void 0;
  }

  // unfold-target.ts
  function unfoldTarget() {
    const unfold = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const target = id === "" ? null : document.getElementById(id);
      if (!target) return;
      const hidden = target.closest(".case");
      if (hidden && hidden.getClientRects().length === 0) {
        document.querySelector("button[data-show=all]")?.click();
      }
      for (let one = target; one; one = one.parentElement) {
        if (one instanceof HTMLDetailsElement) one.open = true;
      }
      target.scrollIntoView();
    };
    addEventListener("hashchange", unfold);
    unfold();
  }

  // conformance.ts
  document.documentElement.classList.add("scripted");
  prepareCopying();
  prepareFilters();
  unfoldTarget();
  prepareTheme(() => void 0);
})();
`
