-- What writers write. No unique key: a row that came twice must be seen.
\connect app
SET ROLE app;
CREATE TABLE written (run text NOT NULL, writer int NOT NULL, seq bigint NOT NULL);
CREATE INDEX ON written (run, writer, seq);
