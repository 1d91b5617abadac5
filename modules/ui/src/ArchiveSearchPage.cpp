#include "ArchiveSearchPage.h"

#include "FoundTable.h"

#include <session/Archives.h>

#include <ui/ErrorSentences.h>
#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace negatoscope::ui {

namespace {

using namespace std::chrono_literals;
using State = session::AskedSource::State;

constexpr auto kTypingPause = 600ms;
constexpr auto kAgeStep = 20s;

QString nameOf(const session::AskedSource &source)
{
    return source.archive.empty() ? ArchiveSearchPage::tr("This workstation")
                                  : QString::fromStdString(source.archive);
}

/// "just now", "4 minutes ago", a time of day.
QString ageOf(const QDateTime &answered)
{
    const qint64 minutes = answered.secsTo(QDateTime::currentDateTime()) / 60;
    if (minutes < 1)
        return ArchiveSearchPage::tr("just now");
    if (minutes < 60)
        return ArchiveSearchPage::tr("%n minute(s) ago", nullptr, static_cast<int>(minutes));
    return ArchiveSearchPage::tr("at %1", "time of day")
        .arg(QLocale().toString(answered.time(), QLocale::ShortFormat));
}

} // namespace

ArchiveSearchPage::ArchiveSearchPage(session::StudySearch &search, const session::Archives &archives,
                                     QSettings &settings, QWidget *parent)
    : QWidget(parent),
      m_search(search),
      m_archives(archives),
      m_table(new FoundTable(search, settings, this)),
      m_pages(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("archiveSearch"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeLine());
    m_problems = new QLabel(this);
    m_problems->setObjectName(QStringLiteral("searchProblems"));
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->setProperty("role", QStringLiteral("warning"));
    m_problems->setContentsMargins(8, 0, 8, 6);
    m_problems->hide();
    column->addWidget(m_problems);
    m_pages->addWidget(m_table);
    m_pages->addWidget(makeHint());
    column->addWidget(m_pages, 1);

    m_typing.setSingleShot(true);
    m_typing.setInterval(kTypingPause);
    connect(&m_typing, &QTimer::timeout, this, &ArchiveSearchPage::consider);
    m_ageing.setInterval(kAgeStep);
    connect(&m_ageing, &QTimer::timeout, this, &ArchiveSearchPage::tellAge);
    connect(&search, &session::StudySearch::changed, this, &ArchiveSearchPage::takeChange);
    connect(&archives, &session::Archives::changed, this, &ArchiveSearchPage::takeChange);
    takeChange();
}

QWidget *ArchiveSearchPage::makeLine()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(8);
    m_says = new QLabel(line);
    m_says->setObjectName(QStringLiteral("searchSays"));
    m_says->setTextFormat(Qt::PlainText);
    row->addWidget(m_says, 1);
    const auto button = [&](const char *name, const QString &text, const QString &tip, auto work) {
        auto *made = new QPushButton(text, line);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        made->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the list
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, work);
        return made;
    };
    m_stop = button("stopSearch", tr("Stop"), tr("Do not wait for those that have not answered yet"),
                    [this] { stop(); });
    m_again =
        button("searchAgainButton", tr("Search again"), tr("Ask the same once more"), [this] { askAgain(); });
    return line;
}

QWidget *ArchiveSearchPage::makeHint()
{
    auto *page = new QWidget(this);
    page->setObjectName(QStringLiteral("searchHint"));
    auto *column = new QVBoxLayout(page);
    column->setSpacing(8);
    m_hintTitle = new QLabel(page);
    m_hintTitle->setProperty("role", QStringLiteral("title"));
    m_hintTitle->setAlignment(Qt::AlignCenter);
    m_hintText = new QLabel(page);
    m_hintText->setObjectName(QStringLiteral("searchHintText"));
    m_hintText->setTextFormat(Qt::PlainText);
    m_hintText->setProperty("role", QStringLiteral("secondary"));
    m_hintText->setAlignment(Qt::AlignCenter);
    m_hintText->setWordWrap(true);
    m_anyway = new QPushButton(page);
    m_anyway->setObjectName(QStringLiteral("searchAnyway"));
    m_anyway->setToolTip(tr("Ask for everything that matches, up to 5,000 studies of each archive"));
    connect(m_anyway, &QPushButton::clicked, this, &ArchiveSearchPage::askNow);
    m_addArchive = new QPushButton(tr("Archives…"), page);
    m_addArchive->setObjectName(QStringLiteral("openArchiveSettings"));
    m_addArchive->setToolTip(tr("The settings of the archives"));
    connect(m_addArchive, &QPushButton::clicked, this, &ArchiveSearchPage::settingsRequested);
    column->addStretch(2);
    column->addWidget(m_hintTitle);
    column->addWidget(m_hintText);
    column->addWidget(m_anyway, 0, Qt::AlignHCenter);
    column->addWidget(m_addArchive, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

// --- Asking ---

std::vector<std::string> ArchiveSearchPage::archiveNames() const
{
    std::vector<std::string> names;
    for (const archive::Settings &one : m_archives.all())
        if (m_place.kind != session::SearchPlace::Kind::Archive ||
            QString::fromStdString(one.name) == m_place.archive)
            names.push_back(one.name);
    return names;
}

void ArchiveSearchPage::setPlace(const session::SearchPlace &place)
{
    if (place == m_place)
        return;
    m_place = place;
    m_asked = false;
    m_search.clear();
    consider();
}

void ArchiveSearchPage::setQuestion(const session::StudyQuestion &question)
{
    if (question == m_question)
        return;
    m_question = question;
    m_asked = false;
    m_typing.start();
    // Rows of another question are no answer to this one.
    m_search.clear();
}

/// What happens by itself: a narrow question is asked, another one waits for the reader's word.
void ArchiveSearchPage::consider()
{
    if (!m_asked && session::isNarrow(m_question, QDate::currentDate()))
        ask();
    else
        takeChange();
}

bool ArchiveSearchPage::isAsked() const
{
    return m_asked;
}

bool ArchiveSearchPage::enter()
{
    if (!m_asked) {
        m_typing.stop();
        consider();
        if (!m_asked && m_anyway->isVisible())
            m_anyway->setFocus(Qt::OtherFocusReason);
        return m_asked;
    }
    if (m_search.rowCount() == 0)
        return false;
    m_table->setFocus(Qt::OtherFocusReason);
    m_table->selectFirst();
    return true;
}

void ArchiveSearchPage::askNow()
{
    m_typing.stop();
    ask();
}

void ArchiveSearchPage::ask()
{
    const auto names = archiveNames();
    if (names.empty())
        return takeChange();
    m_asked = true;
    m_search.ask(m_question, m_place.kind == session::SearchPlace::Kind::Everywhere, names);
}

void ArchiveSearchPage::askAgain()
{
    if (!m_asked)
        enter();
    else
        m_search.askAgain();
}

void ArchiveSearchPage::stop()
{
    m_search.cancel();
}

// --- What it says ---

QStringList ArchiveSearchPage::problems() const
{
    QStringList sentences;
    if (m_archives.error())
        sentences << tr("The list of archives cannot be read; it was not changed. %1")
                         .arg(sentenceFor(*m_archives.error()));
    for (const session::AskedSource &source : m_search.sources()) {
        const QString name = nameOf(source);
        if (source.error && source.error->code() == base::ErrorCode::Cancelled)
            sentences << tr("%1 was stopped before it had answered: its studies may be missing.").arg(name);
        else if (source.error)
            sentences << sentenceFor(*source.error, name);
        if (source.cutOff)
            sentences << tr("%1 has more than %2 studies that match: narrow the search to see all.")
                             .arg(name, QLocale().toString(source.studies));
        if (source.keysIgnored)
            sentences << tr("%1 did not search by everything that was asked: it may list more than matches.")
                             .arg(name);
    }
    return sentences;
}

void ArchiveSearchPage::takeChange()
{
    QStringList waiting;
    for (const session::AskedSource &source : m_search.sources())
        if (source.state == State::Asking)
            waiting << nameOf(source);
    const bool asking = m_search.isAsking();
    m_stop->setVisible(asking);
    m_again->setVisible(m_asked && !asking);
    const int count = m_search.rowCount();
    const QString studies = tr("%n study(ies)", nullptr, count);
    if (!m_asked)
        m_says->clear();
    else if (!asking)
        tellAge();
    else if (waiting.isEmpty()) // the same once more
        m_says->setText(tr("%1, asking again…").arg(studies));
    else
        m_says->setText(tr("%1 so far, waiting for %2…").arg(studies, waiting.join(QStringLiteral(", "))));
    const QStringList sentences = problems();
    m_problems->setText(sentences.join(u'\n'));
    m_problems->setVisible(!sentences.isEmpty());
    if (asking || !m_asked)
        m_ageing.stop();
    else
        m_ageing.start();
    showHint();
    Q_EMIT countChanged(m_asked ? studies : QString());
}

void ArchiveSearchPage::tellAge()
{
    if (!m_asked || m_search.isAsking())
        return;
    m_says->setText(
        tr("%1, %2", "number of studies, age of the answer")
            .arg(tr("%n study(ies)", nullptr, m_search.rowCount()), ageOf(m_search.answeredAt())));
}

void ArchiveSearchPage::showHint()
{
    m_pages->setCurrentIndex(m_search.rowCount() > 0 ? 0 : 1);
    const bool none = archiveNames().empty();
    const bool narrow = session::isNarrow(m_question, QDate::currentDate());
    m_addArchive->setVisible(none);
    m_anyway->setVisible(!none && !m_asked && !narrow);
    m_anyway->setText(m_question.isEmpty() ? tr("List all studies") : tr("Search all the same"));
    if (none) {
        m_hintTitle->setText(m_place.kind == session::SearchPlace::Kind::Archive ? tr("No such archive")
                                                                                 : tr("No archive yet"));
        m_hintText->setText(tr("Add the archives of your hospital in the settings, then search them here."));
    } else if (!m_asked && !narrow && !m_question.isEmpty()) {
        m_hintTitle->setText(tr("This would ask for a large part of the archive"));
        m_hintText->setText(tr("Give at least two letters of a name, a patient ID, an accession number, a "
                               "referring physician, or study dates within a month."));
    } else if (!m_asked) {
        m_hintTitle->setText(tr("Search the archives"));
        m_hintText->setText(
            tr("Type a name, a patient ID or an accession number, or choose study dates. Return "
               "searches at once."));
    } else if (m_search.isAsking()) {
        m_hintTitle->setText(tr("Searching…"));
        m_hintText->clear();
    } else {
        m_hintTitle->setText(tr("No study found"));
        m_hintText->setText(tr("No study of what was asked matches; check the spelling and the dates."));
    }
}

} // namespace negatoscope::ui
