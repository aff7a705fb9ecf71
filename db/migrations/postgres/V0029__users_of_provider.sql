-- Users who sign in with an OpenID Connect provider: the SHA-256 of issuer and subject, which stay when a name is another.
ALTER TABLE console_user ADD COLUMN provider_id ordinal_text CHECK (length(provider_id) = 64);

CREATE UNIQUE INDEX console_user_of_provider ON console_user (provider_id) WHERE provider_id IS NOT NULL;
