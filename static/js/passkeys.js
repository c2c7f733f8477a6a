// Passkeys: asks the browser for one and sends what it made with the form.
//
// <form data-passkey="create|get" data-options="ID">  options as JSON in <script id="ID">
// <form data-passkey="sign-in">                       options are fetched from the form's address
// Inside: <input name="credential">, and [data-passkey-part] hidden until the browser knows passkeys.
(function () {
  "use strict";

  if (!window.PublicKeyCredential || !navigator.credentials) { return; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = "";
    new Uint8Array(buffer).forEach(function (byte) { plain += String.fromCharCode(byte); });
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function named(list) {
    return (list || []).map(function (one) { return Object.assign({}, one, { id: bytes(one.id) }); });
  }

  function create(options) {
    var key = Object.assign({}, options.publicKey);
    key.challenge = bytes(key.challenge);
    key.user = Object.assign({}, key.user, { id: bytes(key.user.id) });
    key.excludeCredentials = named(key.excludeCredentials);
    key.authenticatorSelection = Object.assign({}, key.authenticatorSelection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required"
    });
    return navigator.credentials.create({ publicKey: key });
  }

  function get(options) {
    var key = Object.assign({}, options.publicKey);
    key.challenge = bytes(key.challenge);
    key.allowCredentials = named(key.allowCredentials);
    return navigator.credentials.get({ publicKey: key });
  }

  // What the portal's library reads: binary parts in base64url.
  function written(credential) {
    var response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (credential.response[part]) { response[part] = text(credential.response[part]); }
    });
    if (credential.response.getTransports) { response.transports = credential.response.getTransports(); }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: response,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }

  function fetched(form) {
    return fetch(form.action, { headers: { "Accept": "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.ok ? response.json() : Promise.reject(new Error("not reached")); })
      .then(function (answer) { return get(answer.request_options); });
  }

  function asked(form) {
    if (form.dataset.passkey === "sign-in") { return fetched(form); }
    var options = JSON.parse(document.getElementById(form.dataset.options).textContent);
    return form.dataset.passkey === "create" ? create(options.creation_options) : get(options.request_options);
  }

  function reason(error) {
    if (error.name === "InvalidStateError") { return "This device already keeps a passkey for your account."; }
    if (error.name === "NotAllowedError") { return "The browser was not allowed to, or it took too long. Try again, or use another way."; }
    return "That did not work. Try again, or use another way.";
  }

  document.querySelectorAll("[data-passkey-missing]").forEach(function (words) { words.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    var said = form.querySelector("[data-passkey-said]");
    form.querySelector("[data-passkey-part]").hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      said.textContent = "";
      Promise.resolve().then(function () { return asked(form); }).then(function (credential) {
        form.elements.credential.value = written(credential);
        form.submit();
      }).catch(function (error) { said.textContent = reason(error); });
    });
  });
})();
