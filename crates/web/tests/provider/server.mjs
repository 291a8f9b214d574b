// A real provider of OpenID Connect on this machine, for the tests: node server.mjs MODULES CLIENT_SECRET
//
// Whoever comes is signed in at once as the person that `POST /control` named last; nobody is asked anything. It prints the port that it was
// given. The people are made up.

import { createServer } from "node:http";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, secret] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, "package.json")));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

let person = { subject: "nobody", claims: {} };
let back = "http://localhost/";
let issuer;
let provider;

const key = () => ({
  ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
  kid: randomUUID(),
  use: "sig",
  alg: "RS256",
});

function start() {
  provider = new Provider(issuer, {
    clients: [{ client_id: "het", client_secret: secret, redirect_uris: [back], grant_types: ["authorization_code"], response_types: ["code"] }],
    jwks: { keys: [key()] },
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    claims: { acr: null, openid: ["sub", "tid", "amr"], email: ["email", "email_verified"], profile: ["name"] },
    acrValues: ["plain", "strong"],
    findAccount: (_, subject) => ({ accountId: subject, claims: () => ({ sub: subject, ...person.claims }) }),
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    ttl: { AuthorizationCode: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60, AccessToken: 60 },
  });
}

async function control(request, response) {
  let text = "";
  for await (const part of request) text += part;
  const told = JSON.parse(text);
  if (told.back) back = told.back;
  if (told.person) person = told.person;
  // Another provider object has another key; whoever was signed in is not any more.
  start();
  response.end("ok");
}

const server = createServer(async (request, response) => {
  try {
    if (request.method === "POST" && request.url === "/control") return await control(request, response);
    if (request.url.startsWith("/interaction/")) {
      const login = { accountId: person.subject, acr: person.acr, amr: person.amr };
      return await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    }
    return await provider.callback()(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});

server.listen(0, "127.0.0.1", () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  start();
  console.log(server.address().port);
});
// The tests end it by closing its input.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
