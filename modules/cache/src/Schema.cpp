#include "Schema.h"

#include "CrashPoint.h"

#include <sqlite3.h>

#include <array>
#include <chrono>

namespace negatoscope::cache {

namespace {

constexpr const char *kTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE study(
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
    issuer TEXT NOT NULL, patient_id TEXT NOT NULL, name TEXT NOT NULL, birth_date TEXT NOT NULL, sex TEXT NOT NULL,
    date TEXT NOT NULL, time TEXT NOT NULL, accession TEXT NOT NULL, study_id TEXT NOT NULL,
    description TEXT NOT NULL, institution TEXT NOT NULL, referring TEXT NOT NULL,
    modalities TEXT NOT NULL DEFAULT '', series INTEGER NOT NULL DEFAULT 0, instances INTEGER NOT NULL DEFAULT 0,
    frames INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0, completeness INTEGER NOT NULL DEFAULT 2, conflict INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0, used INTEGER NOT NULL DEFAULT 0,
    find_name TEXT NOT NULL, find_id TEXT NOT NULL, find_accession TEXT NOT NULL, find_description TEXT NOT NULL);
CREATE INDEX study_by_patient ON study(patient_id, issuer);
CREATE VIRTUAL TABLE study_text USING fts5(name, id, accession, description,
                                           content='', columnsize=0, prefix='1 2 3', tokenize='ascii');

CREATE TABLE series(
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, study INTEGER NOT NULL,
    modality TEXT NOT NULL, description TEXT NOT NULL, body_part TEXT NOT NULL, protocol TEXT NOT NULL,
    laterality TEXT NOT NULL, date TEXT NOT NULL, time TEXT NOT NULL, number INTEGER,
    instances INTEGER NOT NULL DEFAULT 0, frames INTEGER NOT NULL DEFAULT 0, displayable INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0, rows INTEGER NOT NULL DEFAULT 0, columns INTEGER NOT NULL DEFAULT 0,
    transfer_syntax TEXT NOT NULL DEFAULT '', first INTEGER, expected INTEGER, missing INTEGER, extra INTEGER,
    conflicts INTEGER NOT NULL DEFAULT 0);
CREATE INDEX series_by_study ON series(study);

CREATE TABLE instance(
    id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, series INTEGER NOT NULL, location TEXT NOT NULL,
    bytes INTEGER NOT NULL, admitted INTEGER NOT NULL, sop_class TEXT NOT NULL, transfer_syntax TEXT NOT NULL,
    frames INTEGER NOT NULL, orientation TEXT NOT NULL, px REAL, py REAL, pz REAL, rx REAL, ry REAL, rz REAL,
    cx REAL, cy REAL, cz REAL, number INTEGER, acquisition INTEGER, temporal INTEGER, echo REAL, bvalue REAL,
    rows INTEGER NOT NULL, columns INTEGER NOT NULL, frame_of_reference TEXT NOT NULL, truncated INTEGER NOT NULL);
CREATE INDEX instance_by_series ON instance(series);

CREATE TABLE aside(
    location TEXT PRIMARY KEY, reason INTEGER NOT NULL, uid TEXT NOT NULL, study INTEGER NOT NULL, series INTEGER,
    bytes INTEGER NOT NULL, admitted INTEGER NOT NULL, issuer TEXT NOT NULL, patient_id TEXT NOT NULL,
    name TEXT NOT NULL, birth_date TEXT NOT NULL, sex TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX aside_by_study ON aside(study);

CREATE TABLE announced(series_uid TEXT NOT NULL, uid TEXT NOT NULL, PRIMARY KEY(series_uid, uid)) WITHOUT ROWID;
CREATE TABLE announced_series(series_uid TEXT PRIMARY KEY, study_uid TEXT NOT NULL, modality TEXT NOT NULL,
                              number INTEGER) WITHOUT ROWID;
CREATE INDEX announced_by_study ON announced_series(study_uid);
CREATE TABLE doomed(location TEXT PRIMARY KEY) WITHOUT ROWID;
)sql";

/// One statement on the way from the version before to `to`.
struct UpgradeStep
{
    std::int64_t to;
    const char *sql;
};

constexpr std::array kUpgradeSteps{
    // Studies know their pictures.
    UpgradeStep{2, "ALTER TABLE study ADD COLUMN frames INTEGER NOT NULL DEFAULT 0"},
    UpgradeStep{2, "UPDATE study SET frames ="
                   " (SELECT coalesce(sum(frames), 0) FROM series WHERE series.study = study.id)"},
};
static_assert(kUpgradeSteps.back().to == kSchemaVersion);

void upgrade(Connection &connection, std::int64_t from)
{
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    for (const UpgradeStep &step : kUpgradeSteps)
        if (step.to > from) {
            connection.execute(step.sql);
            crashPoint("upgrade.step");
        }
    Query(connection, "UPDATE meta SET value = ? WHERE key = 'version'").bind(1, kSchemaVersion).run();
    crashPoint("upgrade.written");
    transaction.commit();
    crashPoint("upgrade.committed");
}

/// What came after the first version and costs no rebuild: an older index gets it when it is opened.
constexpr const char *kAdditions = R"sql(
DROP INDEX IF EXISTS study_by_date;
CREATE TABLE IF NOT EXISTS trash(study INTEGER PRIMARY KEY, since INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS study_order_date ON study(date DESC, time DESC, id DESC);
CREATE INDEX IF NOT EXISTS study_order_name ON study(find_name, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_id ON study(patient_id, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_birth ON study(birth_date, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_accession ON study(accession, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_description ON study(find_description, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_modalities ON study(modalities, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_series ON study(series, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_frames ON study(frames, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_state ON study(completeness, date DESC, time DESC);
CREATE INDEX IF NOT EXISTS study_order_bytes ON study(bytes, date DESC, time DESC);
)sql";

struct Deadline
{
    std::chrono::steady_clock::time_point end;
    std::stop_token stop;
    static int passed(void *self)
    {
        const auto &deadline = *static_cast<Deadline *>(self);
        return deadline.stop.stop_requested() || std::chrono::steady_clock::now() > deadline.end ? 1 : 0;
    }
};

} // namespace

base::Status prepareSchema(Connection &connection)
{
    return guarded([&]() -> base::Status {
        const bool empty =
            Query(connection, "SELECT count(*) FROM sqlite_schema").next() &&
            connection.database().execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() == 0;
        if (empty) {
            SQLite::Transaction transaction(connection.database());
            connection.execute(kTables);
            connection.execute(kAdditions);
            Query(connection, "INSERT INTO meta(key, value) VALUES('version', ?)")
                .bind(1, kSchemaVersion)
                .run();
            transaction.commit();
            return {};
        }
        Query version(connection, "SELECT value FROM meta WHERE key = 'version'");
        if (!version.next())
            return base::failure(base::ErrorCode::IndexDamaged, "index without a version");
        const std::int64_t found = version.integer(0);
        if (found > kSchemaVersion)
            return base::failure(base::ErrorCode::Conflict, "index made by a newer version of this program");
        if (found < 1)
            return base::failure(base::ErrorCode::IndexDamaged, "index of no known version");
        if (found < kSchemaVersion)
            upgrade(connection, found);
        if (!Query(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'study_order_bytes'").next()) {
            SQLite::Transaction transaction(connection.database());
            connection.execute(kAdditions);
            transaction.commit();
        }
        return {};
    });
}

base::Status quickCheck(Connection &connection, double seconds, std::stop_token stop)
{
    Deadline deadline{std::chrono::steady_clock::now() +
                          std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                              std::chrono::duration<double>(seconds)),
                      std::move(stop)};
    sqlite3 *const handle = connection.database().getHandle();
    sqlite3_progress_handler(handle, 10'000, &Deadline::passed, &deadline);
    auto result = guarded([&]() -> base::Status {
        Query check(connection, "PRAGMA quick_check(1)");
        if (check.next() && check.view(0) != "ok")
            return base::failure(base::ErrorCode::IndexDamaged, "quick_check found damage");
        return {};
    });
    sqlite3_progress_handler(handle, 0, nullptr, nullptr);
    if (!result && result.error().code() == base::ErrorCode::Cancelled)
        return {};
    return result;
}

} // namespace negatoscope::cache
