#pragma once

#include <session/StudyKeeping.h>

#include <QtWidgets/QWidget>

#include <utility>
#include <vector>

class QTableWidget;

namespace negatoscope::ui {

/// Files, each with a reason: what an import refused, what is kept aside. Rows can be copied.
class FileListWindow final : public QWidget
{
    Q_OBJECT
public:
    using Rows = std::vector<std::pair<QString, QString>>;

    /// `name` is the stem of the object names ("refusedFiles").
    FileListWindow(const QString &name, const QString &title, const QString &summary, const Rows &rows,
                   QWidget *parent);

    static FileListWindow *ofRefused(const std::vector<cache::RefusedFile> &files, QWidget *parent);
    static FileListWindow *ofAside(const cache::StudyRecord &study,
                                   const std::vector<cache::AsideRecord> &files, QWidget *parent);

private:
    void copy();
    QTableWidget *m_table;
};

} // namespace negatoscope::ui
