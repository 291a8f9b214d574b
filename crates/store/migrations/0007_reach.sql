-- Whose an account is in the programme, so that a chair changes what is their subgroup's and an owner their own actions; and the
-- organisation of a guest, who sees the actions that are shared with it.

ALTER TABLE account ADD COLUMN member_id BIGINT REFERENCES member (id);
ALTER TABLE account ADD COLUMN organisation_id BIGINT REFERENCES organisation (id);

CREATE TABLE action_shared (
    action_id BIGINT NOT NULL REFERENCES action (id),
    organisation_id BIGINT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (action_id, organisation_id)
);
