// 深色 and 长辈模式 are those of the site, in the set of scripts that the live release has.
const { attachSwitches } = await import(`${document.documentElement.dataset.shell}js/switches.js`);
attachSwitches([...document.querySelectorAll("[data-flip]")]);
