#pragma once

#include <session/Archives.h>

#include <QtWidgets/QWidget>

#include <optional>
#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;

namespace negatoscope::ui {

class ArchiveForm;
class ArchiveTestBox;

/// The archives: which there are, how each is reached, whether it works. What can work is kept at once; what
/// cannot is said at its field and not kept.
class ArchivesPage final : public QWidget
{
    Q_OBJECT
public:
    ArchivesPage(session::Archives &archives, QWidget *parent);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeEditor();
    QPushButton *addButton(const char *name, const QString &text, const QString &tip, QWidget *parent);
    void fill();
    void select(const std::string &name);
    void takeSelection();
    void keep();
    void add();
    void remove();
    void undo();
    void importFile();
    void exportFile();
    void take(const QString &path);
    void write(const QString &path);
    void say(const QString &sentence, bool wrong = false);
    /// Keeps the list as it was, for undo().
    template <typename Act>
    base::Status act(Act act);

    session::Archives &m_archives;
    QListWidget *m_list;
    ArchiveForm *m_form;
    ArchiveTestBox *m_tests;
    QScrollArea *m_scroll;
    QLabel *m_says, *m_none;
    QPushButton *m_remove, *m_undo, *m_export;
    std::optional<std::string> m_current; ///< the archive in the form; none: a new one, or none at all
    bool m_isNew = false, m_filling = false;
    std::optional<std::vector<archive::Settings>> m_before;
};

} // namespace negatoscope::ui
