// Keeps what is typed into a form in this browser until the portal has answered it.
//
// For forms that are sent as a whole; those that save themselves (data-autosave) keep their own copy.
// A copy belongs to one person (a mark without a name), one page and one form. It is dropped when a
// page comes back as the answer, kept when the sign-in page or an error comes instead, and offered
// again on the page it was written on. Signing out drops everything.
(function () {
  "use strict";

  var PREFIX = "typed:";
  var KEPT_FOR = 7 * 24 * 3600 * 1000;
  var PAUSE = 300;

  var clock = document.querySelector("[data-person]");
  var person = clock ? clock.getAttribute("data-person") : "";
  var isUnanswered = document.body.hasAttribute("data-unanswered");

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; }
  }

  function write(key, draft) {
    try { localStorage.setItem(key, JSON.stringify(draft)); } catch (error) { /* full or forbidden: the page still has the text */ }
  }

  function drop(key) {
    try { localStorage.removeItem(key); } catch (error) { /* nothing kept */ }
  }

  function eachDraft(act) {
    var keys = [];
    try { keys = Object.keys(localStorage); } catch (error) { return; }
    keys.forEach(function (key) {
      if (key.indexOf(PREFIX) === 0) { act(key, read(key)); }
    });
  }

  // What was sent before this page came: answered, or sent back to be signed in.
  function settle() {
    eachDraft(function (key, draft) {
      if (!draft || Date.now() - draft.at > KEPT_FOR) { drop(key); return; }
      if (!draft.sent) { return; }
      if (person && !isUnanswered) {
        if (key.indexOf(PREFIX + person + ":") === 0) { drop(key); }
      } else {
        draft.sent = false;
        write(key, draft);
      }
    });
  }

  function isTyped(field) {
    if (!field.name || field.readOnly || field.disabled) { return false; }
    if (field.tagName === "TEXTAREA" || field.tagName === "SELECT") { return true; }
    return ["text", "email", "number", "date", "tel", "url", "search", "checkbox", "radio"].indexOf(field.type) >= 0 &&
      field.getAttribute("autocomplete") !== "one-time-code";
  }

  function isBox(field) {
    return field.type === "checkbox" || field.type === "radio";
  }

  function fieldsOf(form) {
    return Array.prototype.filter.call(form.elements, isTyped);
  }

  function valuesOf(form) {
    return fieldsOf(form).map(function (field) {
      return [field.name, isBox(field) ? [field.value, field.checked] : field.value];
    });
  }

  function putBack(form, values) {
    var fields = fieldsOf(form);
    values.forEach(function (pair) {
      var name = pair[0];
      var value = pair[1];
      var index = fields.findIndex(function (field) {
        return field.name === name && (!isBox(field) || (Array.isArray(value) && field.value === value[0]));
      });
      if (index < 0) { return; }
      var field = fields.splice(index, 1)[0];
      if (isBox(field)) { field.checked = value[1]; } else { field.value = value; }
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function pathOf(form) {
    return new URL(form.getAttribute("action") || location.href, location.href).pathname;
  }

  function offer(form, key, draft) {
    var box = document.createElement("div");
    box.className = "usa-alert usa-alert--info kept-draft";
    box.setAttribute("role", "status");
    var body = document.createElement("div");
    body.className = "usa-alert__body";
    var words = document.createElement("p");
    words.className = "usa-alert__text";
    words.textContent = "This browser kept what you typed here before. It has not been sent.";
    body.appendChild(words);
    var row = document.createElement("div");
    row.className = "button-row";
    [["Put it back", function () { putBack(form, draft.values); }], ["Discard it", function () { drop(key); }]].forEach(function (pair, number) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = number ? "usa-button usa-button--quiet" : "usa-button usa-button--outline";
      button.textContent = pair[0];
      button.addEventListener("click", function () { pair[1](); box.remove(); form.querySelector("input:not([type=hidden]), textarea, select").focus(); });
      row.appendChild(button);
    });
    body.appendChild(row);
    box.appendChild(body);
    form.parentNode.insertBefore(box, form);
  }

  function watch(form) {
    var key = PREFIX + person + ":" + location.pathname + ":" + pathOf(form);
    var untouched = JSON.stringify(valuesOf(form));
    var kept = read(key);
    var timer = null;
    if (kept && !kept.sent && JSON.stringify(kept.values) !== untouched) { offer(form, key, kept); }
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () { write(key, { at: Date.now(), values: valuesOf(form), sent: false, to: pathOf(form) }); }, PAUSE);
    });
    form.addEventListener("submit", function () {
      clearTimeout(timer);
      if (JSON.stringify(valuesOf(form)) !== untouched) {
        write(key, { at: Date.now(), values: valuesOf(form), sent: true, to: pathOf(form) });
      }
    });
  }

  settle();
  if (!person) { return; }
  document.addEventListener("submit", function (event) {
    var to = pathOf(event.target);
    var isSignOut = to === clock.getAttribute("data-sign-out-url");
    eachDraft(function (key, draft) {
      if (isSignOut) { if (key.indexOf(PREFIX + person + ":") === 0) { drop(key); } return; }
      if (draft && draft.to === to && !draft.sent) { draft.sent = true; write(key, draft); }
    });
  });
  document.querySelectorAll("main form[method=post]").forEach(function (form) {
    if (form.hasAttribute("data-autosave") || form.querySelector("input[type=password]") || !fieldsOf(form).length) { return; }
    watch(form);
  });
})();
