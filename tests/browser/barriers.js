// What keeps people out and axe does not see; each check returns a list of sentences.
(() => {
  "use strict";
  const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']";
  const MOST = 120;

  const shown = (el) => el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const name = (el) => {
    const words = (el.innerText || el.getAttribute("aria-label") || el.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${el.tagName.toLowerCase()}${el.className && el.className.baseVal === undefined ? "." + String(el.className).split(" ")[0] : ""} “${words}”`;
  };

  // 1.4.10: the document fits the window; what scrolls sideways are regions of their own.
  function reflow() {
    const root = document.documentElement;
    const over = root.scrollWidth - root.clientWidth;
    if (over <= 0) { return []; }
    const wide = [...document.body.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > root.clientWidth + 1 && shown(el));
    return [`${over} px wider than the window: ${wide.slice(-1).map(name)}`];
  }

  // 1.4.12: with more room between lines, letters and words nothing is cut off.
  const roomy = new CSSStyleSheet();
  roomy.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");

  function clipped() {
    const found = [];
    document.body.querySelectorAll("*").forEach((el) => {
      if (!el.childNodes.length || !shown(el) || el.closest("svg, select, .usa-sr-only, [class*='sr-only']")) { return; }
      const style = getComputedStyle(el);
      const hides = (axis) => ["hidden", "clip"].includes(style[axis]);
      const rect = el.getBoundingClientRect();
      if (rect.width <= 1 || rect.height <= 1) { return; }
      if ((hides("overflowY") && el.scrollHeight > el.clientHeight + 2) || (hides("overflowX") && el.scrollWidth > el.clientWidth + 2)) {
        found.push(`cuts off text: ${name(el)}`);
      }
    });
    return found;
  }

  function spacing() {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, roomy];
    const found = [...reflow(), ...clipped()].map((one) => `with text spacing ${one}`);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== roomy);
    return found;
  }

  // 2.4.7 and 2.4.11: whoever walks by keyboard sees where they are, and nothing covers it.
  const PROPERTIES = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderBottomColor", "backgroundColor", "textDecorationLine", "stroke", "strokeWidth"];
  const looks = (el) => {
    const bearer = bearerOf(el);
    return [bearer, ...(bearer.namespaceURI.endsWith("svg") || el.querySelector("path") ? bearer.querySelectorAll("path, rect") : [])]
      .flatMap((part) => ["", "::before"].map((pseudo) => PROPERTIES.map((p) => getComputedStyle(part, pseudo)[p]).join())).join("|");
  };
  // USWDS hides the box and draws it with the label.
  function bearerOf(el) {
    const isDrawn = el.matches(".usa-checkbox__input, .usa-radio__input, .usa-file-input__input");
    if (el.matches(".usa-file-input__input")) { return el.closest(".usa-file-input__target") || el; }
    return isDrawn && el.labels && el.labels.length ? el.labels[0] : el;
  }

  function covered(el) {
    const bearer = bearerOf(el);
    const rect = bearer.getClientRects()[0];
    if (!rect || rect.bottom < 0 || rect.top > innerHeight) { return `is out of sight: ${name(el)}`; }
    const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    const hit = spots.some(([x, y]) => {
      const top = document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y);
      return top && (bearer.contains(top) || top.contains(bearer) || el.contains(top) || (el.labels && [...el.labels].includes(top)));
    });
    return hit ? "" : `is covered: ${name(el)}`;
  }

  function focus() {
    const found = [];
    const all = [...document.querySelectorAll(FOCUSABLE)].filter((el) => el.tabIndex >= 0 && shown(el)).slice(0, MOST);
    all.forEach((el) => {
      if (document.activeElement) { document.activeElement.blur(); }
      const before = looks(el);
      el.focus();
      if (document.activeElement !== el) { return; }
      if (looks(el) === before) { found.push(`shows no focus: ${name(el)}`); }
      const hidden = covered(el);
      if (hidden) { found.push(`with the focus ${hidden}`); }
    });
    if (document.activeElement) { document.activeElement.blur(); }
    scrollTo(0, 0);
    return found;
  }

  function frame() {
    const found = [];
    if (document.documentElement.lang !== "en") { found.push("the language is not said"); }
    if (document.querySelectorAll("h1").length !== 1) { found.push(`${document.querySelectorAll("h1").length} first headings`); }
    if (!document.querySelector("h1")?.innerText.trim()) { found.push("the first heading is empty"); }
    let level = 1;
    document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6").forEach((head) => {
      const next = Number(head.tagName[1]);
      if (next > level + 1) { found.push(`heading jumps to ${head.tagName}: ${head.innerText.slice(0, 40)}`); }
      level = next;
    });
    return found;
  }

  const said = async (rules) => {
    const answer = await axe.run(document, { resultTypes: ["violations"], ...rules });
    return answer.violations.map((v) => `${v.id} (${v.impact}) on ${v.nodes.slice(0, 2).map((node) => node.target.join(" ")).join(" and ")}`);
  };
  const scan = () => said({ rules: { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: false } } });

  // At another width of the same page: what depends on place, and the names of what only now is shown.
  const narrow = () => said({ runOnly: { type: "rule", values: [
    "color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable", "aria-hidden-focus",
    "button-name", "link-name", "input-button-name", "label", "select-name", "summary-name", "image-alt", "svg-img-alt",
    "aria-command-name", "aria-input-field-name", "aria-toggle-field-name", "empty-heading", "duplicate-id-aria",
  ] } });

  window.barriers = async (checks) => {
    const all = { reflow, spacing, focus, frame, scan, narrow };
    const found = [];
    for (const check of checks) { found.push(...await all[check]()); }
    return [...new Set(found)];
  };
})();
