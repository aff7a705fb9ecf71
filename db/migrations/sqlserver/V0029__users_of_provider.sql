-- Users who sign in with an OpenID Connect provider: the SHA-256 of issuer and subject, which stay when a name is another.
ALTER TABLE console_user ADD provider_id varchar(64) COLLATE Latin1_General_BIN2 NULL CHECK (len(provider_id) = 64);
GO

CREATE UNIQUE INDEX console_user_of_provider ON console_user (provider_id) WHERE provider_id IS NOT NULL;
