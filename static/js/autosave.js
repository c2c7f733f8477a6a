// Saves a draft while it is written.
//
// <form method="post" action="..." data-autosave="URL" data-version="7"> with
// components/save_status.html inside. Each pause in typing posts the form to URL with the
// header `If-Match: "7"`; the answer is JSON {"version": 8, "saved_at": "2:02:31 p.m."}.
// 409 brings {"version", "fields": {name: text of the other}}: both texts are shown and
// nothing is overwritten until the writer chooses. Until a save is acknowledged, a copy
// stays in this browser and is offered again after a crash or a lost session.
(function () {
  "use strict";

  var PAUSE = 1500;
  var RETRY = 10000;

  function textOf(form) {
    var fields = {};
    form.querySelectorAll("input, textarea, select").forEach(function (field) {
      if (!field.name || field.type === "hidden" || field.type === "file" || field.type === "password") { return; }
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) { return; }
      fields[field.name] = field.value;
    });
    return fields;
  }

  function labelOf(form, name) {
    var field = form.elements[name];
    var label = field && field.labels && field.labels[0];
    return label ? label.firstChild.textContent.trim() : name;
  }

  function element(name, text, parent) {
    var made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (parent) { parent.appendChild(made); }
    return made;
  }

  function button(text, parent, act) {
    var made = element("button", text, parent);
    made.type = "button";
    made.className = "usa-button usa-button--quiet";
    made.addEventListener("click", act);
    return made;
  }

  function start(form) {
    var url = form.getAttribute("data-autosave");
    var copyKey = "draft:" + url;
    var version = form.getAttribute("data-version");
    var status = form.querySelector("[data-save-status]");
    var conflict = form.querySelector("[data-save-conflict]");
    var timer = null;
    var saving = false;
    var changed = false;
    var stopped = false;

    function say(text, state) {
      if (!status) { return; }
      status.textContent = text;
      status.setAttribute("data-state", state || "");
    }

    function keepCopy() {
      try { localStorage.setItem(copyKey, JSON.stringify({ version: version, fields: textOf(form) })); } catch (error) { /* full or forbidden: the page still has the text */ }
    }

    function dropCopy() {
      try { localStorage.removeItem(copyKey); } catch (error) { /* nothing kept */ }
    }

    function plan(wait) {
      clearTimeout(timer);
      timer = setTimeout(save, wait);
    }

    function accept(answer) {
      version = String(answer.version);
      form.setAttribute("data-version", version);
      var hidden = form.elements.version;
      if (hidden) { hidden.value = version; }
    }

    function save() {
      if (saving || stopped) { changed = changed || saving; return; }
      saving = true;
      changed = false;
      say("Saving…");
      fetch(url, {
        method: "POST",
        body: new FormData(form),
        headers: { "If-Match": '"' + version + '"', "Accept": "application/json", "X-Requested-With": "XMLHttpRequest" },
        credentials: "same-origin",
        redirect: "manual"
      }).then(answered, unreachable).finally(function () {
        saving = false;
        if (changed && !stopped) { plan(PAUSE); }
      });
    }

    function answered(response) {
      if (response.status === 409) { return response.json().then(showConflict); }
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
        stopped = true;
        say("You have been signed out. Your text is kept in this browser: sign in again in another window, then reload this page.", "error");
        return undefined;
      }
      if (!response.ok) {
        say("Not saved: there is something to correct. Your text is kept in this browser.", "error");
        return undefined;
      }
      return response.json().then(function (answer) {
        accept(answer);
        if (!changed) { dropCopy(); }
        say("Saved " + answer.saved_at);
      });
    }

    function unreachable() {
      say("We cannot reach the portal. Your text is kept in this browser; we try again.", "error");
      plan(RETRY);
    }

    function showConflict(answer) {
      stopped = true;
      say("Not saved: somebody else saved this section.", "error");
      if (!conflict) { return; }
      conflict.textContent = "";
      conflict.hidden = false;
      element("h3", "Somebody else saved this section while you were writing", conflict);
      element("p", "Nothing is lost. Compare the two texts and choose which one stays; you can copy from the other.", conflict);
      var mine = textOf(form);
      Object.keys(answer.fields || {}).forEach(function (name) {
        if ((mine[name] || "") === answer.fields[name]) { return; }
        element("h4", labelOf(form, name), conflict);
        var pair = element("div", "", conflict);
        pair.className = "save-conflict__texts";
        element("div", "Yours:\n" + (mine[name] || ""), pair);
        element("div", "Theirs:\n" + answer.fields[name], pair);
      });
      var row = element("div", "", conflict);
      row.className = "button-row";
      button("Keep mine", row, function () { resolve(answer, null); });
      button("Keep theirs", row, function () { resolve(answer, answer.fields); });
      conflict.scrollIntoView({ block: "nearest" });
    }

    function resolve(answer, fields) {
      accept(answer);
      if (fields) { fill(fields); }
      conflict.hidden = true;
      stopped = false;
      save();
    }

    function fill(fields) {
      Object.keys(fields).forEach(function (name) {
        var field = form.elements[name];
        if (!field) { return; }
        if (field.type === "checkbox") { field.checked = fields[name] === field.value; } else { field.value = fields[name]; }
      });
    }

    function offerCopy() {
      var kept = null;
      try { kept = JSON.parse(localStorage.getItem(copyKey)); } catch (error) { return; }
      if (!kept || JSON.stringify(kept.fields) === JSON.stringify(textOf(form)) || !conflict) { return; }
      conflict.hidden = false;
      element("h3", "Text from an earlier visit was not saved", conflict);
      element("p", "This browser kept what you wrote. Use it, or leave it and keep what is saved.", conflict);
      var row = element("div", "", conflict);
      row.className = "button-row";
      button("Use my kept text", row, function () { fill(kept.fields); conflict.hidden = true; conflict.textContent = ""; plan(0); });
      button("Keep what is saved", row, function () { dropCopy(); conflict.hidden = true; conflict.textContent = ""; });
    }

    form.addEventListener("input", function () {
      changed = true;
      keepCopy();
      if (!stopped) { say("Not saved yet"); plan(PAUSE); }
    });
    form.addEventListener("submit", function () { stopped = true; clearTimeout(timer); });
    offerCopy();
  }

  document.querySelectorAll("form[data-autosave]").forEach(start);
})();
