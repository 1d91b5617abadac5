#include "Connection.h"

#include <sqlite3.h>

namespace negatoscope::cache {

namespace {

constexpr int kBusyTimeoutMs = 5000;

int flagsOf(Connection::Mode mode)
{
    if (mode == Connection::Mode::Reader)
        return SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX;
    return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX;
}

} // namespace

Connection::Connection(const std::string &path, Mode mode) : m_database(path, flagsOf(mode), kBusyTimeoutMs)
{
    sqlite3 *const handle = m_database.getHandle();
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    m_database.exec("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                    "PRAGMA secure_delete = OFF; PRAGMA cache_size = -16384");
    if (mode == Mode::Writer)
        m_database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    else if (mode == Mode::Memory)
        m_database.exec("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
    else
        m_database.exec("PRAGMA query_only = ON; PRAGMA mmap_size = 268435456");
}

base::Result<std::unique_ptr<Connection>> Connection::open(const std::string &path, Mode mode)
{
    return guarded([&]() -> base::Result<std::unique_ptr<Connection>> {
        return std::unique_ptr<Connection>(new Connection(path, mode));
    });
}

SQLite::Statement &Connection::statement(const char *sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end()) {
        found->second.tryReset();
        found->second.clearBindings();
        return found->second;
    }
    return m_statements.emplace(sql, SQLite::Statement(m_database, sql)).first->second;
}

Query &Query::bind(int index, const std::string &text)
{
    m_statement.bind(index, text);
    return *this;
}

Query &Query::bind(int index, std::int64_t value)
{
    m_statement.bind(index, value);
    return *this;
}

Query &Query::bind(int index, const std::optional<std::int64_t> &value)
{
    if (value)
        m_statement.bind(index, *value);
    return *this;
}

Query &Query::bind(int index, const std::optional<double> &value)
{
    if (value)
        m_statement.bind(index, *value);
    return *this;
}

std::string_view Query::view(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    const char *const bytes = value.getText();
    return {bytes, static_cast<std::size_t>(value.getBytes())};
}

std::string Query::text(int column) const
{
    return std::string(view(column));
}

std::optional<std::int64_t> Query::maybeInteger(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    if (value.isNull())
        return std::nullopt;
    return value.getInt64();
}

std::optional<double> Query::maybeDecimal(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    if (value.isNull())
        return std::nullopt;
    return value.getDouble();
}

base::Error errorOf(const SQLite::Exception &exception)
{
    using base::ErrorCode;
    const int code = exception.getErrorCode() & 0xff;
    ErrorCode result = ErrorCode::Internal;
    if (code == SQLITE_FULL)
        result = ErrorCode::DiskFull;
    else if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_FORMAT ||
             code == SQLITE_ERROR || code == SQLITE_SCHEMA)
        result = ErrorCode::IndexDamaged;
    else if (code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_IOERR)
        result = ErrorCode::CannotWrite;
    else if (code == SQLITE_CANTOPEN)
        result = ErrorCode::CannotRead;
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        result = ErrorCode::Busy;
    else if (code == SQLITE_INTERRUPT)
        result = ErrorCode::Cancelled;
    return base::Error(result, "index: SQLite code " + std::to_string(exception.getExtendedErrorCode()));
}

} // namespace negatoscope::cache
