// 深色 and 长辈模式: two switches on <html>, remembered. boot.js sets them before the page is painted.

const root = document.documentElement;

/** Each button says what it flips: data-flip="mode:elder". */
export function attachSwitches(buttons) {
  const show = () =>
    buttons.forEach((button) => {
      const [key, value] = button.dataset.flip.split(":");
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(root.dataset[key] === value));
    });
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      const [key, value] = button.dataset.flip.split(":");
      flip(key, value);
      show();
    }),
  );
  new MutationObserver(show).observe(root, { attributeFilter: ["data-theme"] });
  show();
}

function flip(key, value) {
  const on = root.dataset[key] !== value;
  if (on) root.dataset[key] = value;
  else delete root.dataset[key];
  // A light page is a choice too: it must hold where the system is dark.
  const kept = on ? value : key === "theme" ? "light" : "";
  try {
    if (kept) localStorage.setItem(`kb-${key}`, kept);
    else localStorage.removeItem(`kb-${key}`);
  } catch {
    // storage is switched off: it holds for this page
  }
}
