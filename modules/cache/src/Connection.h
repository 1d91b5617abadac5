#pragma once

#include <base/Result.h>

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace negatoscope::cache {

/// One SQLite connection with its prepared statements, set up as docs/safety.md S16 asks: bound parameters
/// only, defensive, no trusted schema, no extensions.
///
/// Threads : one at a time.
/// Errors  : statement() and everything done with statements throw SQLite::Exception; callers catch it at the
///           edge of their class with guarded().
class Connection
{
public:
    enum class Mode { Writer, Reader, Memory };

    static base::Result<std::unique_ptr<Connection>> open(const std::string &path, Mode mode);

    /// The prepared statement of a string literal, reset and without bindings.
    SQLite::Statement &statement(const char *sql);
    void execute(const char *sql) { m_database.exec(sql); }
    SQLite::Database &database() { return m_database; }

private:
    Connection(const std::string &path, Mode mode);

    SQLite::Database m_database;
    std::unordered_map<const char *, SQLite::Statement> m_statements;
};

/// Resets a statement when it leaves the scope, so that it holds no read transaction open.
class Query
{
public:
    Query(Connection &connection, const char *sql) : m_statement(connection.statement(sql)) {}
    ~Query() { m_statement.tryReset(); }
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Query &bind(int index, const std::string &text);
    Query &bind(int index, std::int64_t value);
    Query &bind(int index, const std::optional<std::int64_t> &value);
    Query &bind(int index, const std::optional<double> &value);

    bool next() { return m_statement.executeStep(); }
    int run() { return m_statement.exec(); }
    std::string text(int column) const;
    std::string_view view(int column) const;
    std::int64_t integer(int column) const { return m_statement.getColumn(column).getInt64(); }
    std::optional<std::int64_t> maybeInteger(int column) const;
    std::optional<double> maybeDecimal(int column) const;

private:
    SQLite::Statement &m_statement;
};

/// SQLite's complaint in our words: DiskFull, IndexDamaged, CannotRead or CannotWrite. No value of a row in
/// it.
base::Error errorOf(const SQLite::Exception &exception);

/// The result of `work`, or SQLite's exception as an error.
template <typename Work>
auto guarded(Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const SQLite::Exception &exception) {
        return base::failure(errorOf(exception));
    }
}

} // namespace negatoscope::cache
