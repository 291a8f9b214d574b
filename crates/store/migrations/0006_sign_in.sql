-- Passkeys as second factors, and signing in with the account of a provider (OpenID Connect).

CREATE TABLE passkey (
    id {id},
    account_id BIGINT NOT NULL REFERENCES account (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- The public key, the counter of signatures and what was said when it was added, as JSON.
    credential TEXT NOT NULL,
    created_at TEXT NOT NULL,
    used_at TEXT
);
CREATE INDEX passkey_by_account ON passkey (account_id);

-- What a passkey was asked in this session, until it answers: once.
ALTER TABLE session ADD COLUMN ceremony TEXT;
-- Whether a provider said that a second factor was given to it.
ALTER TABLE session ADD COLUMN vouched BOOLEAN NOT NULL DEFAULT FALSE;

-- Who at a provider is which account.
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES account (id),
    linked_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identity_by_account ON identity (account_id);

-- A browser that was sent to a provider and has not come back.
CREATE TABLE provider_visit (
    state_hash TEXT PRIMARY KEY,
    browser_hash TEXT NOT NULL,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    goes_to TEXT NOT NULL,
    created_at TEXT NOT NULL
);
