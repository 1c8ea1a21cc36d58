// Sign-in pages: offer passkeys only where the browser has them, and bring the error into view.
"use strict";
if (window.PublicKeyCredential && window.isSecureContext) {
  for (const part of document.querySelectorAll("[data-needs-passkey]")) part.hidden = false;
}
const wanted = document.querySelector("[data-takes-focus]");
if (wanted) wanted.focus();
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
