-- A second factor, recovery codes, invitations by link, and machines. Of every secret that is given out only the hash is kept;
-- the secret of a second factor has to be kept itself.

ALTER TABLE account ADD COLUMN totp_secret TEXT;
-- The last period of thirty seconds of which a code was taken: no code is taken twice.
ALTER TABLE account ADD COLUMN totp_last_step BIGINT;

-- A session whose password was right and whose second factor is still to come.
ALTER TABLE session ADD COLUMN needs_code BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE session ADD COLUMN wrong_codes BIGINT NOT NULL DEFAULT 0;
CREATE INDEX session_by_account ON session (account_id);

CREATE TABLE recovery_code (
    code_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id)
);

-- A link with which somebody chooses their password.
CREATE TABLE invitation (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES account (id),
    expires_at TEXT NOT NULL
);

-- A program that may ask: the permissions that its token was given, of those that its role has.
CREATE TABLE machine (
    id {id},
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    scopes TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
);
