#pragma once

#include <session/FoundStudies.h>
#include <session/Services.h>
#include <session/StudyQuestion.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace negatoscope::session {

class StudyAsking;
struct StudyAnswer;

/// One of those a question was put to.
struct AskedSource
{
    enum class State { Asking, Answered, Failed };

    std::string archive; ///< empty: this workstation
    State state = State::Asking;
    int studies = 0;                  ///< told so far
    bool cutOff = false;              ///< it has more than were taken
    bool keysIgnored = false;         ///< it did not match by all that was asked for
    std::optional<base::Error> error; ///< of Failed; Cancelled: the reader stopped it
    std::chrono::milliseconds time{}; ///< that its answer took
};

/// One question, asked of this workstation and of any number of archives at once: the studies they tell, as
/// rows that come while others are still asked (docs/decisions/0031).
///
/// Rows    : merged by FoundStudies; an answer may insert rows anywhere, indexes follow their studies.
///           data() gives raw values for Qt::DisplayRole, as StudyListModel does; ui formats.
/// Sources : each ends by itself, answered or failed; none waits for another. At most
///           5,000 studies of each are taken; that it has more is said.
/// Threads : the UI's; asking runs on threads of its own. A new question stops the one before, whose late
///           answers are dropped.
class StudySearch final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        State, ///< int: Whereabouts
        Patient,
        PatientId,
        BirthDate, ///< QDate
        StudyDate, ///< QDateTime or QDate
        Modalities,
        Description,
        Accession,
        Series,    ///< int, nothing where no source tells
        Instances, ///< the same
        Sources,   ///< QStringList: names of archives
        ColumnCount,
    };

    explicit StudySearch(Services services, QObject *parent = nullptr);
    /// Stops asking and waits for its threads: at most about a second.
    ~StudySearch() override;
    Q_DISABLE_COPY_MOVE(StudySearch)

    /// Without `here`, only what an archive tells is a row.
    void ask(const StudyQuestion &question, bool here, const std::vector<std::string> &archives);
    /// The same once more: what is shown stays until all have answered; of a source that fails, for longer.
    void askAgain();
    /// Stops those that have not answered; what they told stays.
    void cancel();
    /// Shows nothing.
    void clear();
    /// Looks again at what the cache has of the rows.
    void refreshLocal();

    const StudyQuestion &question() const { return m_question; }
    bool isAsking() const { return m_asking != nullptr; }
    /// This workstation first, if it was asked.
    std::vector<AskedSource> sources() const;
    /// When the last of the sources ended; invalid while there is no answer.
    const QDateTime &answeredAt() const { return m_answeredAt; }
    const FoundRow &rowAt(int row) const
    {
        return m_shown.found.rows()[m_order[static_cast<std::size_t>(row)]];
    }
    /// The names of the archives that told of a row.
    std::vector<std::string> archivesOf(const FoundRow &row) const;
    /// -1: none.
    int rowOf(const base::StudyUid &study, const dicom::PatientIdentity &patient) const;
    /// Criteria, what each source did, and how many rows (`negatoscope state`).
    QJsonObject json() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Column -1: newest first.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    /// Sources, rows or the time of the answer; at most ten times a second.
    void changed();
    /// Around whatever may move rows, so that a view can keep what the reader looks at where it is.
    void aboutToMoveRows();
    void rowsMoved();

private:
    struct Result
    {
        FoundStudies found;
        std::vector<AskedSource> sources; ///< by their number; the first is the cache
    };
    void start();
    void arrived(quint64 generation);
    void takeAnswers();
    void takeInto(Result &result);
    void takeOne(Result &result, StudyAnswer answer);
    void showAdded();
    void finish();
    void replace(FoundStudies found);
    void takeLocal(std::vector<cache::StudyRecord> records);
    void sortRows();
    std::vector<std::size_t> sortedOrder(const FoundStudies &found) const;
    QVariant value(const FoundRow &row, int column) const;

    Services m_services;
    QThreadPool m_pool;
    StudyQuestion m_question;
    bool m_here = false;
    std::vector<std::string> m_archives;
    std::unique_ptr<StudyAsking> m_asking;
    std::vector<StudyAnswer> m_answers; ///< that have arrived and are not taken yet
    quint64 m_generation = 0;
    Result m_shown;
    std::optional<Result> m_again; ///< gathered beside what is shown
    std::vector<std::size_t> m_order;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
    QDateTime m_answeredAt;
    QTimer m_pause; ///< between two batches
    bool m_waiting = false, m_localIsStale = false, m_readingLocal = false;
};

} // namespace negatoscope::session
