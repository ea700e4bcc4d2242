CREATE TABLE IF NOT EXISTS performances (
	id     INTEGER PRIMARY KEY,
	play   TEXT NOT NULL, -- the name of a label
	starts TEXT NOT NULL, -- RFC 3339, in the theater's zone
	seats  INTEGER NOT NULL CHECK (seats > 0),
	cents  INTEGER NOT NULL CHECK (cents > 0) -- the price of a seat in euro cents
) STRICT;

CREATE TABLE IF NOT EXISTS bookings (
	id          TEXT PRIMARY KEY,
	performance INTEGER NOT NULL REFERENCES performances,
	name        TEXT NOT NULL,
	email       TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS seats (
	performance INTEGER NOT NULL REFERENCES performances,
	number      INTEGER NOT NULL,
	booking     TEXT NOT NULL REFERENCES bookings ON DELETE CASCADE,
	PRIMARY KEY (performance, number)
) STRICT;

INSERT OR IGNORE INTO performances VALUES
	(1, 'magic_flute', '2099-12-30T19:30:00+01:00', 120, 2400),
	(2, 'swan_lake', '2099-12-31T18:00:00+01:00', 3, 3150),
	(3, 'nutcracker', '2025-12-24T16:00:00+01:00', 120, 1800);
