#pragma once

#include <session/StudySearch.h>

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace negatoscope::session {
class Archives;
}

namespace negatoscope::ui {

class FoundTable;

/// Studies found in archives: what was asked, what each archive did, the studies. A question is asked by
/// Return, or by itself after a pause in typing if it is narrow; a whole archive is never asked for without
/// the reader's word.
class ArchiveSearchPage final : public QWidget
{
    Q_OBJECT
public:
    ArchiveSearchPage(session::StudySearch &search, const session::Archives &archives, QSettings &settings,
                      QWidget *parent);

    FoundTable &table() { return *m_table; }
    /// Everywhere or one archive; what is shown is of the place before and goes.
    void setPlace(const session::SearchPlace &place);
    void setQuestion(const session::StudyQuestion &question);
    /// Return: asks, or if that was asked already goes to the rows. False where there is nothing to go to.
    bool enter();
    /// Whether the answer to what is asked now is on its way or here.
    bool isAsked() const;
    /// Asks at once, however narrow the question is.
    void askNow();
    void askAgain();
    void stop();
    /// The reader looks elsewhere: nothing is asked by itself any more.
    void leave() { m_typing.stop(); }

Q_SIGNALS:
    void settingsRequested();
    /// Text of the status bar.
    void countChanged(const QString &text);

private:
    QWidget *makeLine();
    QWidget *makeHint();
    void consider();
    void ask();
    void takeChange();
    void showHint();
    void tellAge();
    std::vector<std::string> archiveNames() const;
    QStringList problems() const;

    session::StudySearch &m_search;
    const session::Archives &m_archives;
    session::SearchPlace m_place;
    session::StudyQuestion m_question;
    FoundTable *m_table;
    QLabel *m_says, *m_problems, *m_hintTitle, *m_hintText;
    QPushButton *m_stop, *m_again, *m_anyway, *m_addArchive;
    QStackedWidget *m_pages;
    QTimer m_typing, m_ageing;
    bool m_asked = false; ///< m_question, of m_place
};

} // namespace negatoscope::ui
