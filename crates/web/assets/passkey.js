// Passkeys: a form with data-passkey asks the browser for one before it is sent, and carries the answer in its field "answer".
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (one) => ({ ...one, id: toBytes(one.id) });

async function askPasskey(form) {
  const publicKey = JSON.parse(form.dataset.options);
  publicKey.challenge = toBytes(publicKey.challenge);
  const answer = form.dataset.passkey === "add" ? await newPasskey(publicKey) : await signed(publicKey);
  return JSON.stringify({ ...answer, rawId: toText(answer.rawId) });
}

async function newPasskey(publicKey) {
  publicKey.user.id = toBytes(publicKey.user.id);
  publicKey.excludeCredentials = (publicKey.excludeCredentials ?? []).map(withBytes);
  const made = await navigator.credentials.create({ publicKey });
  const { attestationObject, clientDataJSON } = made.response;
  const response = { attestationObject: toText(attestationObject), clientDataJSON: toText(clientDataJSON) };
  return { id: made.id, rawId: made.rawId, type: made.type, response };
}

async function signed(publicKey) {
  publicKey.allowCredentials = publicKey.allowCredentials.map(withBytes);
  const found = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
  const response = {
    authenticatorData: toText(authenticatorData),
    clientDataJSON: toText(clientDataJSON),
    signature: toText(signature),
    userHandle: userHandle ? toText(userHandle) : null,
  };
  return { id: found.id, rawId: found.rawId, type: found.type, response };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    const named = form.elements.name;
    // The server says what is wrong with a name that was left out.
    if (form.elements.answer.value || (named && !named.value.trim())) return;
    event.preventDefault();
    const trouble = form.querySelector("[data-passkey-trouble]");
    trouble.hidden = true;
    try {
      form.elements.answer.value = await askPasskey(form);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
}
