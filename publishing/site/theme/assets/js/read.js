// 朗读: the page read aloud by the browser's own voice. The buttons stay hidden where there is none.

const SELECTORS = "h1, .answer-line, .answer-body > *, .urgent-do, .steps li, .bring li, .terms > div, .hits li, .links li, .shelf li";

export function attachReading(buttons) {
  const voice = window.speechSynthesis;
  if (!voice || !buttons.length) return;
  const label = (text) => buttons.forEach((button) => (button.querySelector("span").textContent = text));

  function start() {
    const texts = [...document.querySelectorAll("#main :is(" + SELECTORS + ")")].map((part) => part.innerText.trim());
    texts.filter(Boolean).forEach((text, i, all) => {
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.lang = "zh-CN";
      spoken.rate = 0.9;
      spoken.onerror = () => label("朗读");
      if (i === all.length - 1) spoken.onend = () => label("朗读");
      voice.speak(spoken);
    });
    label("停止");
  }

  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (!voice.speaking && !voice.pending) return start();
      voice.cancel();
      return label("朗读");
    });
  });
  addEventListener("pagehide", () => voice.cancel());
}
