#pragma once

#include <session/ArchiveTest.h>

#include <QtWidgets/QWidget>

#include <functional>

class QLabel;
class QPushButton;

namespace negatoscope::ui {

/// Buttons that try an archive out, and what came of it: one sentence for each step, with its time.
class ArchiveTestBox final : public QWidget
{
    Q_OBJECT
public:
    /// `settings` gives what is tested now.
    ArchiveTestBox(std::function<archive::Settings()> settings, QWidget *parent);

    /// Whether there is anything that can be tested.
    void setReady(bool ready);
    /// Of another archive nothing is known yet.
    void forget();
    session::ArchiveTest &test() { return m_test; }

private:
    QPushButton *addButton(const char *name, const QString &text, const QString &tip);
    void start(std::vector<session::ArchiveTest::Step> steps);
    void takeChange();
    QString sentenceOf(const session::ArchiveTest::Outcome &outcome) const;

    std::function<archive::Settings()> m_settings;
    QString m_name; ///< of the archive that was tested
    session::ArchiveTest m_test;
    std::vector<QPushButton *> m_buttons;
    QPushButton *m_stop;
    QLabel *m_says;
    bool m_ready = false;
};

} // namespace negatoscope::ui
