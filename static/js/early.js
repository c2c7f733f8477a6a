// Runs before the first paint, so that pages can tell "with script" from "without".
document.documentElement.classList.replace("no-js", "js");
